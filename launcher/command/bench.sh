# ./picup bench: measures this machine and this build.

command_bench() {
  require java maven node npm vips vips-tools ffmpeg exiftool util-linux procps
  build_app
  interruptible "$java_home/bin/java" -Xmx1g -XX:-UsePerfData -cp "$app/picup.jar:$app/lib/*" "$root/bench/Bench.java" \
    --root "$root" --app "$app" --java "$java_home" "$@"
}
