# Becomes the server. It is told to stop when the launcher dies without being able to say so. Two arenas instead of eight
# for each core: the memory that glibc keeps back otherwise is more than the threads that use it gain.
launch_server() {
  local cache=()
  [[ -e $app/picup.aot ]] && cache=(-XX:AOTCache="$app/picup.aot")
  export MALLOC_ARENA_MAX=2
  # shellcheck disable=SC2086
  exec setpriv --pdeathsig TERM "$java_home/bin/java" "${java_flags[@]}" "${cache[@]}" ${PICUP_JAVA_OPTIONS:-} \
    -jar "$app/picup.jar" --picup.data="$2" --server.port="$1"
}
