# The command that runs the server. Measurements use the very same.

# Prints the words, each ended by a zero byte.
server_command() {
  local cache=()
  [[ -e $app/picup.aot ]] && cache=(-XX:AOTCache="$app/picup.aot")
  # Told to stop when the launcher dies without being able to say so.
  # shellcheck disable=SC2086
  printf '%s\0' setpriv --pdeathsig TERM "$java_home/bin/java" "${java_flags[@]}" "${cache[@]}" ${PICUP_JAVA_OPTIONS:-} -jar "$app/picup.jar"
}

# launch_server PORT DATA: becomes the server. Two arenas instead of eight for each core: the memory that glibc keeps back
# otherwise is more than the threads that use it gain.
launch_server() {
  local words
  mapfile -d '' words < <(server_command)
  export MALLOC_ARENA_MAX=2
  exec "${words[@]}" --picup.data="$2" --server.port="$1"
}
