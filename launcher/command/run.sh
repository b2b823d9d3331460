# ./picup run: builds what changed and runs it in the foreground until Ctrl-C or SIGTERM.

command_run() {
  local port=${PICUP_PORT:-8080} data=${PICUP_DATA:-$root/data}
  while (($# > 0)); do
    case $1 in
      --port) port=${2:?--port needs a number}; shift 2 ;;
      --port=*) port=${1#*=}; shift ;;
      --data) data=${2:?--data needs a folder}; shift 2 ;;
      --data=*) data=${1#*=}; shift ;;
      *) fail "'$1' is not an option of ./picup run. See ./picup help." ;;
    esac
  done
  require_port "$port"
  port=$((10#$port))
  require_free_port "$port"
  build_app
  serve "$port" "$data"
}

# serve PORT DATA: ends when the server does, with 0 when it was asked to stop.
serve() {
  local port=$1 data=$2 stopping='' code=0
  mkdir -p "$data" || fail "The data folder $data cannot be made."
  data=$(cd "$data" && pwd)
  require_free_port "$port" # building takes a while
  say "Starting…"
  trap 'stopping=yes; kill -TERM "$server" 2>/dev/null || true' INT TERM HUP
  launch_server "$port" "$data" &
  server=$!
  if await_ready "$server" "$port"; then
    say "" "Picup is ready: http://localhost:$port   (photos and videos in $data; Ctrl-C stops it)"
  fi
  # A signal ends `wait` early; the server is still writing its last things then.
  while kill -0 "$server" 2>/dev/null; do
    wait "$server" && code=0 || code=$?
  done
  wait "$server" 2>/dev/null && code=0 || code=$?
  if [[ -n $stopping ]] && ((code == 143 || code == 130 || code == 129)); then
    say "Picup has stopped."
    exit 0
  fi
  exit "$code"
}
