# Checks for the programs that a command needs and installs those that are missing.
#
# The checks look for the thing itself (a program, a library), never ask a package manager, and so cost milliseconds: they
# run at every start.

# How each need is called by the package managers. `java` and `node` are looked up further, as systems are often behind.
#        need        apt-get                 dnf                     pacman                 apk
packages='
        java         openjdk-25-jdk-headless java-25-openjdk-devel   jdk-openjdk            openjdk25-jdk
        maven        maven                   maven                   maven                  maven
        node         nodejs                  nodejs                  nodejs                 nodejs
        npm          npm                     nodejs-npm              npm                    npm
        vips         libvips42               vips                    libvips                vips
        vips-tools   libvips-tools           vips-tools              libvips                vips-tools
        argon2       libargon2-1             libargon2               argon2                 argon2-libs
        ffmpeg       ffmpeg                  ffmpeg-free             ffmpeg                 ffmpeg
        libraw       libraw-bin              LibRaw-samples          libraw                 libraw-tools
        exiftool     libimage-exiftool-perl  perl-Image-ExifTool     perl-image-exiftool    exiftool
        util-linux   util-linux              util-linux              util-linux             util-linux
        bubblewrap   bubblewrap              bubblewrap              bubblewrap             bubblewrap
        procps       procps                  procps-ng               procps-ng              procps
        chromium     chromium                chromium                chromium               chromium
        fonts-cjk    fonts-noto-cjk          google-noto-sans-cjk-fonts noto-fonts-cjk      font-noto-cjk
        nginx        nginx                   nginx                   nginx                  nginx
        redis        redis-server            redis                   redis                  redis
        rabbitmq     rabbitmq-server         rabbitmq-server         rabbitmq               rabbitmq-server
        compiler     gcc                     gcc                     gcc                    gcc
        libc-headers libc6-dev               glibc-devel             glibc                  musl-dev
        fuse         fuse3                   fuse3                   fuse3                  fuse3
        fuse-headers libfuse3-dev            fuse3-devel             fuse3                  fuse3-dev
        pkg-config   pkg-config              pkgconf-pkg-config      pkgconf                pkgconf
'

present() {
  case $1 in
    java) find_java ;;
    maven) have mvn ;;
    node) have node && (($(node --version | sed 's/^v\([0-9]*\).*/\1/') >= 20)) ;;
    npm) have npm ;;
    # Not through a pipe: a reader that has seen enough makes the writer fail, and with it the pipe.
    vips) [[ $(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) == *libvips.so.42* ]] || compgen -G '/usr/lib*/libvips.so.42' >/dev/null ;;
    argon2) [[ $(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) == *libargon2.so.1* ]] || compgen -G '/usr/lib*/libargon2.so.1' >/dev/null ;;
    vips-tools) have vipsthumbnail ;;
    ffmpeg) have ffmpeg && have ffprobe ;;
    libraw) have dcraw_emu ;;
    exiftool) have exiftool ;;
    util-linux) have setpriv && have unshare && have setsid && have prlimit && have flock ;;
    bubblewrap) have bwrap ;;
    procps) type -P kill >/dev/null ;;
    nginx) have nginx ;;
    redis) have redis-server ;;
    chromium) have chromium || have chromium-browser || have google-chrome ;;
    rabbitmq) [[ -e /usr/lib/rabbitmq/bin/rabbitmq-server ]] ;;
    compiler) have cc ;;
    libc-headers) [[ -e /usr/include/stdlib.h ]] ;;
    fuse) have fusermount3 ;;
    fuse-headers) [[ -e /usr/include/fuse3/fuse.h ]] ;;
    pkg-config) have pkg-config ;;
    fonts-cjk) compgen -G '/usr/share/fonts/*/*/*CJK*' >/dev/null || compgen -G '/usr/share/fonts/*CJK*/*' >/dev/null || compgen -G '/usr/share/fonts/*/*CJK*' >/dev/null ;;
  esac
}

have() {
  # The folders of system tools are not on the search path of every ordinary user.
  PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null 2>&1
}

# require NEED...: returns when all are there, installs what is missing, or ends with the command that would.
require() {
  local need missing=()
  for need in "$@"; do
    present "$need" || missing+=("$need")
  done
  ((${#missing[@]} == 0)) && return
  install "${missing[@]}"
  for need in "${missing[@]}"; do
    present "$need" || fail "$need is still missing after the installation. $(hint_for "$need")"
  done
}

# What the tests and the measurements need beside Picup itself.
require_for_tests() {
  require java maven node npm vips vips-tools argon2 ffmpeg libraw exiftool util-linux bubblewrap procps chromium fonts-cjk nginx redis rabbitmq compiler libc-headers fuse fuse-headers pkg-config
}

install() {
  local manager
  manager=$(package_manager)
  [[ -n $manager ]] || fail "Missing: $*. Install them with your system's package manager and start again."
  if [[ $manager != apt-get ]]; then
    fail "Missing: $*. Install them and start again:" "" "  $(install_command "$manager" "$@")"
  fi
  local as_root=()
  if ((EUID != 0)); then
    have sudo && sudo -n true 2>/dev/null \
      || fail "Missing: $*. Install them and start again:" "" "  $(install_command "$manager" "$@")" "$(hint_for "$@")"
    as_root=(sudo -n)
  fi
  say "Installing what is missing: $*"
  local names
  if ! names=$(apt_packages "$@"); then
    "${as_root[@]}" apt-get update -q >&2 || say "The lists of packages could not be refreshed; trying with the old ones."
    names=$(apt_packages "$@") || fail "This system's packages do not have all of: $*." "$(hint_for "$@")"
  fi
  # shellcheck disable=SC2086
  apt_install $names || {
    # Lists that are out of date name packages that have gone.
    "${as_root[@]}" apt-get update -q >&2
    apt_install $names || fail "apt-get could not install: $names"
  }
}

# Servers are wanted as programs: what a package would start of itself stays off, now and at the next boot.
apt_install() {
  local policy=/usr/sbin/policy-rc.d ours=
  if [[ " $* " == *-server* && ! -e $policy ]]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
  fi
  local code=0
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2 || code=$?
  if [[ -n $ours ]]; then
    "${as_root[@]}" rm -f "$policy"
    if have systemctl; then
      "${as_root[@]}" systemctl --quiet disable rabbitmq-server.service epmd.socket epmd.service >/dev/null 2>&1 || true
    fi
  fi
  return $code
}

package_manager() {
  local manager
  for manager in apt-get dnf pacman apk; do
    have "$manager" && echo "$manager" && return
  done
}

# The names of packages under apt-get; not zero when a need has none on this system.
apt_packages() {
  local need name names=()
  for need in "$@"; do
    case $need in
      java) name=$(first_apt_package 0 temurin-25-jdk openjdk-25-jdk-headless openjdk-25-jdk) || return 1 ;;
      node) name=$(first_apt_package 20 nodejs) || return 1 ;;
      npm) have npm && continue; [[ $(apt_candidate nodejs) == *nodesource* ]] && continue; name=npm ;;
      chromium) name=$(first_apt_package 0 chromium chromium-browser) || return 1 ;;
      vips) name=$(first_apt_package 0 libvips42t64 libvips42) || return 1 ;;
      *) name=$(package_name "$need" 2) ;;
    esac
    [[ -n $(apt_candidate "$name") ]] || return 1
    names+=("$name")
  done
  echo "${names[@]}"
}

# first_apt_package LEAST_MAJOR_VERSION NAME...: the first that can be had in that version.
first_apt_package() {
  local least=$1 name candidate
  shift
  for name in "$@"; do
    candidate=$(apt_candidate "$name")
    candidate=${candidate#*:}
    if [[ -n $candidate ]] && { ((least == 0)) || ((${candidate%%[!0-9]*} >= least)); }; then
      echo "$name"
      return
    fi
  done
  return 1
}

apt_candidate() {
  LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -v '(none)'
}

package_name() {
  awk -v need="$1" -v column="$2" '$1 == need { print $column }' <<<"$packages"
}

install_command() {
  local manager=$1 column need names=''
  shift
  case $manager in
    apt-get) column=2 ;;
    dnf) column=3 ;;
    pacman) column=4 ;;
    apk) column=5 ;;
  esac
  for need in "$@"; do
    names+=" $(package_name "$need" "$column")"
  done
  local sudo=sudo
  ((EUID == 0)) && sudo=''
  case $manager in
    apt-get) echo "${sudo:+sudo }apt-get update && ${sudo:+sudo }apt-get install -y$names" ;;
    dnf) echo "${sudo:+sudo }dnf install -y$names" ;;
    pacman) echo "${sudo:+sudo }pacman -S --needed$names" ;;
    apk) echo "${sudo:+sudo }apk add$names" ;;
  esac
}

# What to do where the system's own packages are too old.
hint_for() {
  local need
  for need in "$@"; do
    case $need in
      java)
        cat <<'HINT'

Where the system has no package of Java 25, Eclipse Temurin has one for Debian and Ubuntu:

  sudo apt-get install -y wget gpg
  wget -qO - https://packages.adoptium.net/artifactory/api/gpg/key/public | sudo gpg --dearmor -o /etc/apt/trusted.gpg.d/adoptium.gpg
  echo "deb https://packages.adoptium.net/artifactory/deb $(. /etc/os-release; echo "$VERSION_CODENAME") main" | sudo tee /etc/apt/sources.list.d/adoptium.list
  sudo apt-get update && sudo apt-get install -y temurin-25-jdk

The default java of the system may stay as it is; ./picup finds the newer one under /usr/lib/jvm or in JAVA_HOME.
HINT
        ;;
      node)
        cat <<'HINT'

The web app is built with Node.js 20 or newer. Where the system's package is older, NodeSource has one:

  wget -qO - https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt-get install -y nodejs
HINT
        ;;
    esac
  done
}
