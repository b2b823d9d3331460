# What the launcher tells the person in front of it. Everything it says goes to standard error, so that the standard
# output of a command stays that command's own.

say() {
  printf '%s\n' "$@" >&2
}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# step TITLE LOG COMMAND...: runs quietly, says how long it took, and shows the end of the log when it fails.
step() {
  local title=$1 log=$2 began=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  say "$title…"
  if ! interruptible "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    fail "" "$title failed. The whole story is in $log"
  fi
  say "  done in $((SECONDS - began)) s"
}
