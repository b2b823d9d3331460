# ./picup bench: measures this machine and this build.

command_bench() {
  require_for_tests
  build_app
  export MALLOC_ARENA_MAX=2
  PICUP_BENCH_SERVER=$(server_command | tr '\0' '\n')
  export PICUP_BENCH_SERVER
  printf '%s\n' "$PICUP_BENCH_SERVER" >"$state/server-command" # for sections that are tests
  interruptible "$java_home/bin/java" -Xmx1g -XX:-UsePerfData -cp "$app/picup.jar:$app/lib/*" "$root/bench/Bench.java" "$root" "$@"
}
