# The AOT cache: what Java found out about loading, linking and profiling our classes in one run, kept for all later ones.
# Made once for each build, by a run with a data folder of its own that is thrown away.

train_app() {
  [[ -e $app/picup.aot || -e $app/untrained ]] && return
  local began=$SECONDS
  say "Preparing fast starts (once for each build)…"
  if ! training_run; then
    # Picup runs without it, only slower; so say it, and do not try again at every start.
    say "  that did not work, so starts will take longer; see $state/logs/training.log"
    touch "$app/untrained"
    return
  fi
  say "  done in $((SECONDS - began)) s"
}

# Ends when it is ready, as what a start loads last is half of what is worth keeping (docs/decisions/0011).
training_run() {
  local code=0 name port without=(env)
  # All roles, in the folder below and with a database in it, whatever the run that follows is told.
  for name in "${!PICUP_@}" "${!SPRING_@}"; do
    without+=(-u "$name")
  done
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/picup-training-XXXXXX")
  chmod a+rx "$scratch" # PostgreSQL may run as another user
  port=$(free_port)
  "${without[@]}" setpriv --pdeathsig TERM "$java_home/bin/java" "${java_flags[@]}" -XX:AOTCacheOutput="$app/picup.aot.new" \
    -jar "$app/picup.jar" --picup.data="$scratch/data" --server.port="$port" >"$state/logs/training.log" 2>&1 &
  server=$!
  await_ready "$server" "$port" || code=1
  stop_server
  clean_up
  # A program that failed leaves a cache as well, but one of its failure.
  ((code == 0)) && [[ -s $app/picup.aot.new ]] && mv "$app/picup.aot.new" "$app/picup.aot" || code=1
  rm -f "$app"/picup.aot.new*
  return $code
}
