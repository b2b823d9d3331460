# ./picup import: uploads a folder into somebody's account, here or on another machine.

command_import() {
  (($# > 0)) || fail "Which folder? ./picup import DIR"
  build_app
  # Another small JVM of the same artifact. It shares no AOT cache with the server, whose main class and path differ.
  exec "$java_home/bin/java" -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
    -cp "$app/picup.jar" picup.cli.ImportFolder "$@"
}
