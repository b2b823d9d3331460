# Whatever the launcher starts ends with it, however it is ended.

interruptible() {
  local code=0
  "$@" &
  child=$!
  wait "$child" || code=$?
  child=''
  return $code
}

child=''
server=''
scratch=''

on_signal() {
  trap '' INT TERM HUP
  [[ -n $child ]] && stop_tree "$child"
  stop_server
  clean_up
  exit 130
}

# Folders named in `scratch` are thrown away at the end.
clean_up() {
  [[ -n $scratch ]] && rm -rf "$scratch"
  scratch=''
}

# A server stops what it started itself, in an order of its own.
stop_server() {
  [[ -n $server ]] || return 0
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=''
}

trap on_signal INT TERM HUP
trap clean_up EXIT

# stop_tree PID: asks the process and everything below it to end, and waits for the process itself.
stop_tree() {
  local below
  for below in $(children_of "$1"); do
    stop_tree "$below"
  done
  kill -TERM "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

children_of() {
  cat /proc/"$1"/task/*/children 2>/dev/null || true
}
