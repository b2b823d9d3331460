# Builds what changed: the web app, the server with the web app inside it, and from that the folder that is run.
#
# Every build lies in a folder named by its stamp, so that a running instance keeps its own files while another one
# builds. Whoever runs from a folder holds a shared lock on it; a build removes the folders that nobody holds.

app=''

# Sets app to the folder with picup.jar, lib/ and the AOT cache, and holds it for this process and its children.
build_app() {
  require java maven node npm vips argon2 ffmpeg libraw exiftool util-linux procps
  mkdir -p "$state/app" "$state/logs"
  exec {build_lock}>"$state/build.lock"
  if ! flock -n "$build_lock"; then
    say "Waiting for another ./picup that is building…"
    flock "$build_lock"
  fi
  build_web
  local stamp
  stamp=$(server_stamp)
  app=$state/app/$stamp
  [[ -e $app/picup.jar ]] || build_server "$app"
  hold_app
  train_app
  remove_unused_apps
  exec {build_lock}>&-
}

server_stamp() {
  { stamp_of server/src/main server/pom.xml; cat "$state/web.stamp" 2>/dev/null; cat "$java_home/release"; echo "${java_flags[@]}"; } | sha256sum | cut -c1-16
}

build_web() {
  if [[ ! -e $root/web/package.json ]]; then
    say "There is no web app here (web/ is missing); the server is built without it."
    return
  fi
  local stamp modules
  modules=$(stamp_of web/package-lock.json web/package.json)
  stamp=$(stamp_of web server/src/main/resources/openapi.json)
  same_stamp "$state/web.stamp" "$stamp" && [[ -e $root/web/build/index.html ]] && return
  require_node_modules "$modules"
  step "Building the web app" "$state/logs/web.log" npm --prefix "$root/web" run build
  echo "$stamp" >"$state/web.stamp"
}

require_node_modules() {
  same_stamp "$root/web/node_modules/.picup-stamp" "$1" && return
  step "Fetching the web app's libraries" "$state/logs/npm.log" npm --prefix "$root/web" ci --no-audit --no-fund
  echo "$1" >"$root/web/node_modules/.picup-stamp"
}

build_server() {
  local target=$1 beside
  # Maven copies resources and never takes one away, so yesterday's web app would stay inside.
  rm -rf "$root/server/target/classes"
  step "Building the server" "$state/logs/server.log" maven -q -Dmaven.test.skip=true package
  beside=$(mktemp -d "$state/app/.new-XXXXXX")
  "$java_home/bin/java" -Djarmode=tools -jar "$root/server/target/picup.jar" extract --destination "$beside/app" >>"$state/logs/server.log" 2>&1 \
    || fail "The server cannot be unpacked; see $state/logs/server.log"
  touch "$beside/app/in-use"
  chmod -R a+rX "$beside/app"
  mv -T "$beside/app" "$target"
  rmdir "$beside"
}

maven() {
  # Maven's own libraries use what Java 25 warns about.
  JAVA_HOME=$java_home MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    mvn -B -ntp -f "$root/server/pom.xml" "$@"
}

hold_app() {
  exec {app_lock}<"$app/in-use"
  flock -s "$app_lock"
}

remove_unused_apps() {
  local other
  for other in "$state"/app/*/; do
    other=${other%/}
    [[ $other == "$app" ]] && continue
    if [[ ! -e $other/in-use ]] || flock -n -x "$other/in-use" true; then
      rm -rf "$other"
    fi
  done
}
