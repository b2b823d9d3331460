# Finds a JDK that is new enough without asking anybody to change their default java, which may well be an older one.

least_java=25
java_home=''

# Sets java_home. Java 25 itself is preferred to a newer one, because it is what the tests ran on.
find_java() {
  [[ -n $java_home ]] && return
  local candidate newer='' major
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$(java_on_path)" "${HOME:-/nonexistent}"/.sdkman/candidates/java/* /opt/*jdk*; do
    major=$(java_major "$candidate")
    if ((major == least_java)); then
      java_home=$(readlink -f "$candidate")
      return
    fi
    ((major > least_java)) && newer=${newer:-$candidate}
  done
  [[ -n $newer ]] && java_home=$(readlink -f "$newer")
}

java_on_path() {
  local program
  program=$(command -v javac) && dirname "$(dirname "$(readlink -f "$program")")"
}

# Read from the JDK's `release` file, as starting a JVM to ask it costs 40 ms. 0 when the folder is no JDK.
java_major() {
  local version
  [[ -n $1 && -x $1/bin/javac && -r $1/release ]] || { echo 0; return; }
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  echo "${version:-0}"
}

# Flags of the server. The AOT cache is only good for the flags it was made with, so training and running share them.
#
# 256 MB of heap: uploads and downloads stream, and every list is paged. The serial collector and compact object headers
# because they need the least memory; pauses of so small a heap are a few milliseconds.
# Out of memory, a process ends and can be started again; one that lives on without its acceptor is deaf.
java_flags=(
  -Xms32m -Xmx256m -Xss512k -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
  -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:ReservedCodeCacheSize=64m
  -XX:-UsePerfData --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -Dfile.encoding=UTF-8
  -XX:+ExitOnOutOfMemoryError
)

# C2 comes late, and behind people in the queue: of a start on two cores it took two fifths, for code that runs once
# (docs/decisions/0038). Loops reach it sooner than calls: SHA-256, which is fifty times as quick there, is at full speed after the first 30 MB.
java_flags+=(
  -XX:Tier4InvocationThreshold=500000 -XX:Tier4MinInvocationThreshold=60000 -XX:Tier4CompileThreshold=1500000 -XX:Tier4BackEdgeThreshold=400000
  -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining
  -XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=10 -XX:-PrintWarnings # who is not root is warned that this may not work, and it does
)
