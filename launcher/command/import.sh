# ./picup import: uploads a folder into somebody's account, here or on another machine.

command_import() {
  (($# > 0)) || fail "Which folder? ./picup import DIR"
  build_app
  # Another small JVM of the same artifact, without the server's AOT cache, which is good for the server's class path alone.
  exec "$java_home/bin/java" -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -cp "$app/picup.jar" picup.cli.ImportFolder "$@"
}
