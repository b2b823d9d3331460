# ./picup test: every test there is. A phase that fails does not keep the others from running.

command_test() {
  (($# == 0)) || fail "./picup test takes no arguments."
  require_for_tests
  local failed=()
  samples=$root/../shared/samples
  if [[ -d $samples/open ]]; then
    samples=$(cd "$samples" && pwd)
  else
    samples=''
    say "SKIPPED: the corpus tests, as there are no samples in ../shared/samples. Picup's own generated samples are used."
  fi
  build_app
  phase "Java tests" server/pom.xml java_tests
  phase "Web unit tests" web/package.json web_tests
  phase "Browser journeys" web/journeys journeys
  if ((${#failed[@]} > 0)); then
    say "" "FAILED: ${failed[*]}"
    exit 1
  fi
  say "" "All tests passed."
}

# phase TITLE WHAT_IT_NEEDS COMMAND
phase() {
  say "" "== $1"
  if [[ ! -e $root/$2 ]]; then
    say "$2 is missing."
    failed+=("$1 ($2 is missing);")
  elif ! interruptible "$3"; then
    failed+=("$1;")
  fi
}

# What tests print goes to files under server/target/surefire-reports; the runner's own lines are shown.
java_tests() {
  local log=$state/logs/java-tests.log
  local shown='Tests run:|^\[ERROR\]|BUILD|SKIPPED|Total time'
  # Tests that start Picup as a process start what was built, as everybody does: its cache saves half of each of some forty starts.
  server_command | tr '\0' '\n' >"$state/server-command"
  (
    set -o pipefail
    maven verify -Dmaven.test.redirectTestOutputToFile=true -Dpicup.server-command="$state/server-command" ${samples:+-Dpicup.samples="$samples"} 2>&1 | tee "$log" | grep --line-buffered -E "$shown"
  ) || { say "The whole output is in $log"; return 1; }
}

web_tests() {
  npm --prefix "$root/web" test
}

# Against the artifact that was built, started as a person would start it, with nothing in it: first where everybody may sign
# up, then where it takes an invitation.
journeys() {
  local code=0
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/picup-journeys-XXXXXX")
  chmod a+rx "$scratch"
  trap 'stop_server; clean_up' EXIT
  trap 'exit 130' TERM INT
  journeys_with open journeys || code=$?
  journeys_with invitation journeys:doors || code=$?
  # Not a test, but what a reviewer looks at: docs/screens as this build shows them.
  journeys_with open screens || say "docs/screens were not made anew."
  return $code
}

# journeys_with SIGN_UP SCRIPT
journeys_with() {
  local port openid log=$state/logs/server-of-${2//:/-}.log code=0
  port=$(free_port)
  openid=$(free_port) # the journeys start the provider there, when the server has long been running
  rm -rf "$scratch/data"
  PICUP_OIDC_VILLAGE_ISSUER=http://localhost:$openid PICUP_OIDC_VILLAGE_NAME='The village' PICUP_OIDC_VILLAGE_SIGN_UP=yes \
    PICUP_OIDC_VILLAGE_CLIENT_ID=picup-journeys PICUP_OIDC_VILLAGE_CLIENT_SECRET='a secret of the journeys' \
    PICUP_SIGN_UP=$1 launch_server "$port" "$scratch/data" >"$log" 2>&1 &
  server=$!
  if ! await_ready "$server" "$port"; then
    cat "$log" >&2
    say "The server did not start."
    return 1
  fi
  OPENID_PORT=$openid PICUP_URL=http://localhost:$port SAMPLES=${samples:+$samples/open} npm --prefix "$root/web" run "$2" || code=$?
  stop_server
  if ((code != 0)); then
    say "-- the server's log:"
    cat "$log" >&2
  fi
  return $code
}
