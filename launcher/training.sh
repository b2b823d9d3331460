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

# A whole life: start, requests that walk through the layers, stop. Measured against a run that ends when the context is
# up (spring.context.exit=onRefresh), see docs/decisions.
training_run() {
  local port trained=1
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/picup-training-XXXXXX")
  chmod a+rx "$scratch"
  port=$(free_port)
  launch_trainee "$port" "$scratch/data" >"$state/logs/training.log" 2>&1 &
  server=$!
  if await_ready "$server" "$port"; then
    rehearse "$port"
    stop_server # it writes the cache on its way out
    [[ -s $app/picup.aot.new ]] && mv "$app/picup.aot.new" "$app/picup.aot" && trained=0
  fi
  stop_server
  clean_up
  rm -f "$app"/picup.aot.new*
  return $trained
}

launch_trainee() {
  exec setpriv --pdeathsig TERM "$java_home/bin/java" "${java_flags[@]}" -XX:AOTCacheOutput="$app/picup.aot.new" \
    -jar "$app/picup.jar" --picup.data="$2" --server.port="$1"
}

rehearse() {
  local path
  for path in / /api/members/me /api/timeline /api/pictures /openapi.json /health/ready; do
    http_status "$1" "$path" >>"$state/logs/training.log" || true
  done
}
