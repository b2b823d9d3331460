# Ports, and who answers on them. Bash's own /dev/tcp, so that no further program is needed.

require_port() {
  [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 >= 1 && 10#$1 <= 65535)) || fail "--port must be a number from 1 to 65535, but is '$1'."
}

require_free_port() {
  if listening "$1"; then
    fail "Port $1 is taken by another program (perhaps another Picup). Choose a free one with --port, for example: ./picup --port $(free_port $(($1 + 1)))"
  fi
}

listening() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# free_port [FIRST]: the first port from there on that nobody listens on.
free_port() {
  local port=${1:-$((20000 + RANDOM % 20000))}
  while ((port < 65535)) && listening "$port"; do
    port=$((port + 1))
  done
  echo "$port"
}

# http_status PORT PATH: of a GET, or nothing.
http_status() {
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3 \
      && local version status && read -r -t 2 version status _ <&3 && echo "$status"
    exec 3>&-
  } 2>/dev/null
}

# owns_port PID PORT: whether that very process listens there, as another's answer must not be taken for ours.
owns_port() {
  local inode hex
  printf -v hex '%04X' "$2"
  while read -r inode; do
    compgen -G "/proc/$1/fd/*" >/dev/null || return 0 # not ours to look into: alive must do
    [[ -n $(find "/proc/$1/fd" -lname "socket:\[$inode\]" 2>/dev/null) ]] && return
  done < <(awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  return 1
}

# await_ready PID PORT: 0 when ready, 1 when the process ended before.
await_ready() {
  while kill -0 "$1" 2>/dev/null; do
    [[ $(http_status "$2" /health/ready) == 200 ]] && owns_port "$1" "$2" && return
    sleep 0.05
  done
  return 1
}
