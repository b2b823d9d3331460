import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `./picup bench [SECTION...]`: measures the built product on this machine, beside plain tools doing the same work in the
/// same run, as machines and their moods differ more than programs do. Prints Markdown and keeps it in `bench/results`.
/// `./picup bench --fuzz [MINUTES]` is the section `fuzz`, for an hour or as long as one wants.
public final class Bench {
    interface Section {
        void run(Setup setup, Results results) throws Exception;
    }

    /// @param root    of the project
    /// @param scratch thrown away at the end; on the disk of the project, as memory file systems flush for free
    /// @param server  command that starts the server, without port and data folder
    record Setup(Path root, Path scratch, List<String> server) {}

    private static final int FUZZ_MINUTES = 60;

    private static final Map<String, Section> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("start", new StartSection());
        SECTIONS.put("memory", new MemorySection());
        SECTIONS.put("upload", new UploadSection());
        SECTIONS.put("resumable", new ResumableSection());
        SECTIONS.put("renditions", new RenditionSection());
        SECTIONS.put("video", new VideoSection());
        SECTIONS.put("facts", new FactsSection());
        SECTIONS.put("timeline", new TimelineSection());
        SECTIONS.put("scroll", new ScrollSection());
        SECTIONS.put("search", new SearchSection());
        SECTIONS.put("lighthouse", new LighthouseSection());
        SECTIONS.put("members", new MembersSection());
        SECTIONS.put("relay", new TestSection("RelayMeasurement", "^(\\||Tests run:.*RelayM|.*BUILD|.*ERROR.*RelayM).*"));
        SECTIONS.put("faults", new TestSection("FaultJourneyTest", "^(\\||Tests run:.*Fault|.*BUILD|.*ERROR.*Fault).*", "-Dpicup.faults.seconds=10"));
        SECTIONS.put("kill", kill(20));
        SECTIONS.put("power", new TestSection("PowerCutJourneyTest",
                ".*(PowerCutJourneyTest:|^cut after|Tests run:.*PowerCut|BUILD|ERROR.*PowerCut).*", "-Dpicup.power.cuts=20"));
        SECTIONS.put("relay-kill", new TestSection("RelayKillTest",
                ".*(RelayKillTest:|^killed|Tests run:.*RelayKillTest|BUILD|ERROR.*RelayKill).*", "-Dpicup.relay.kills=200"));
        SECTIONS.put("tus-kill", new TestSection("TusKillJourneyTest", ".*(killed at|Tests run:.*TusKill|BUILD|ERROR.*TusKill).*", "-Dpicup.tus.kills=6"));
        SECTIONS.put("leaving", new TestSection("LeavingKillJourneyTest", ".*(Tests run:.*LeavingKill|BUILD|ERROR.*LeavingKill).*", "-Dpicup.leaving.rows=6000"));
        SECTIONS.put("disorder", new TestSection("DisorderModuleTest", ".*(Tests run:.*Disorder|BUILD|ERROR.*Disorder).*", "-Dpicup.disorder.rounds=1000"));
        SECTIONS.put("corpus", new TestSection("CorpusJourneyTest,HostileJourneyTest", ".*(files shown|Tests run:.*Journey|BUILD|ERROR.*Journey).*", "-Dpicup.corpus.all=true"));
        SECTIONS.put("restore", new TestSection("BackupJourneyTest,RecoverJourneyTest", ".*(Tests run:|BUILD|ERROR.*Journey).*", "-Dpicup.filled.files=1000"));
        SECTIONS.put("commits", new TestSection("ManyCommitsModuleTest", ".*(commits of one owner|Tests run:.*ManyCommits|BUILD|ERROR.*ManyCommits).*", "-Dpicup.commits=10000"));
        SECTIONS.put("fuzz", fuzz(FUZZ_MINUTES));
    }

    private static TestSection kill(int kills) {
        return new TestSection("KillJourneyTest",
                ".*(KillJourneyTest:|uploads, |Tests run:.*KillJourneyTest|BUILD|ERROR.*KillJourney).*", "-Dpicup.kill.rounds=" + kills);
    }

    private static TestSection fuzz(int minutes) {
        return new TestSection("FuzzTest", "^(\\||Tests run:.*FuzzTest|.*BUILD|.*ERROR.*Fuzz).*", "-Dpicup.fuzz.minutes=" + minutes);
    }

    public static void main(String[] words) throws Exception {
        var root = Path.of(words[0]);
        var wanted = words.length == 1 ? List.copyOf(SECTIONS.keySet()) : List.of(words).subList(1, words.length);
        if (wanted.getFirst().equals("--fuzz")) {
            SECTIONS.put("fuzz", fuzz(wanted.size() == 2 && wanted.get(1).matches("[1-9]\\d{0,3}") ? Integer.parseInt(wanted.get(1)) : FUZZ_MINUTES));
            wanted = List.of("fuzz");
        }
        if (wanted.getFirst().equals("--faults")) {
            SECTIONS.put("kill", kill(200));
            wanted = wanted.size() > 1 ? wanted.subList(1, wanted.size()) : List.of("kill", "power", "commits", "faults", "relay-kill", "tus-kill", "leaving", "disorder");
        }
        for (var name : wanted) {
            if (!SECTIONS.containsKey(name)) {
                System.err.println("There is no section '" + name + "'. Sections: " + String.join(" ", SECTIONS.keySet()));
                System.exit(2);
            }
        }
        // One word a line, as a path may hold spaces.
        var server = System.getenv("PICUP_BENCH_SERVER").lines().toList();
        var scratch = Files.createTempDirectory(Files.createDirectories(root.resolve(".picup")), "bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Machine.delete(scratch)));
        var setup = new Setup(root, scratch, server);
        var results = new Results(root.resolve("bench/results"), wanted, wanted.size() == SECTIONS.size());
        results.say("# Benchmark\n");
        Machine.describe(root, wanted).forEach(line -> results.say("- " + line));
        results.say("- server: `" + String.join(" ", server).replace(root + "/", "").replaceAll("\\S+/bin/java ", "java ") + "`");
        for (var name : wanted) {
            results.say("\n## " + name + "\n");
            SECTIONS.get(name).run(setup, results);
        }
        results.save();
        System.exit(0);
    }
}
