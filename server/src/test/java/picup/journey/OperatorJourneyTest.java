package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the owner of the machine meets: the command for who has lost the password, and a Picup that cannot start.
class OperatorJourneyTest {
    private static final Pattern NEW_PASSWORD = Pattern.compile("is: ([a-z2-9-]{23})\\n");

    @TempDir
    Path folder;

    private record Ended(int code, String output) {}

    @Test
    void theOwnerOfTheMachineGetsIntoAnAccountAgainWhetherPicupRunsOrNot() throws Exception {
        folder.toFile().setExecutable(true, false); // PostgreSQL may run as another user
        folder.toFile().setReadable(true, false);
        var data = folder.resolve("data").toString();
        var instance = new Instance(folder);
        try {
            var root = Person.signUp(instance.address(), "root");

            var running = member("ROOT", "--new-password", "--data", data);
            assertThat(signIn(instance, "a long enough password").code()).isEqualTo("bad-credentials");
            assertThat(signIn(instance, passwordIn(running)).status()).isEqualTo(201);
            assertThat(member("nobody", "--administrator", "--data", data)).isEqualTo(new Ended(1, "Nobody here is called nobody.\n"));
            assertThat(root.get("/api/admin/members").status()).isEqualTo(200);

            assertThat(member("root", "--reset-second-factor", "--data", data))
                    .isEqualTo(new Ended(1, "root has no second factor. The password is enough to sign in.\n"));
            var newPassword = passwordIn(running);
            var phone = new Person(instance.address(), signIn(instance, newPassword).json().get("accessToken").asString());
            AuthenticatorApp.enrol(phone, newPassword);
            assertThat(signIn(instance, newPassword).code()).isEqualTo("second-factor-needed");
            var reset = member("root", "--reset-second-factor", "--data", data);
            assertThat(reset.code).as(reset.output).isZero();
            assertThat(signIn(instance, newPassword).status()).isEqualTo(201);

            var second = picup("--picup.data=" + data);
            assertThat(second.code).isEqualTo(1);
            assertThat(second.output).contains("Another Picup is using", "Stop it first").doesNotContain("\tat ", "Exception");
        } finally {
            instance.close();
        }
        passwordIn(member("root", "--new-password", "--data", data));
        assertThat(member("root", "--administrator", "--data", data)).isEqualTo(new Ended(0, "root is an administrator now.\n"));
    }

    @Test
    void whereThereIsNoPicupNoneIsMade() throws Exception {
        var nothing = folder.resolve("nothing");
        assertThat(member("root", "--new-password", "--data", nothing.toString()).output).startsWith("There is no Picup in " + nothing);
        assertThat(nothing).doesNotExist();
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsSaidInOneSentence() throws Exception {
        // not even the administrator of the machine can write there
        var ended = picup("--picup.data=/proc/picup");

        assertThat(ended.code).isEqualTo(1);
        assertThat(ended.output).contains("The data folder /proc/picup cannot be written", "PICUP_DATA").doesNotContain("\tat ", "Exception");
    }

    @Test
    void aFullDiskIsSaidInOneSentence() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        var mounting = "mount -t tmpfs -o size=4m tmpfs " + disk;
        assumeThat(run(List.of("unshare", "-rm", "sh", "-c", mounting)).code).as("file systems of our own").isZero();
        var words = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", mounting + " && exec \"$@\"", "sh"));
        words.addAll(OperatorCommand.java("picup.PicupApplication", "--server.port=0", "--picup.data=" + disk.resolve("data")));

        var ended = run(words);

        assertThat(ended.code).isEqualTo(1);
        assertThat(ended.output).contains("is full: 4 MB are free", "Make room").doesNotContain("\tat ", "Exception");
    }

    private static String passwordIn(Ended command) {
        var printed = NEW_PASSWORD.matcher(command.output);
        assertThat(printed.find()).as(command.toString()).isTrue();
        assertThat(command.code).isZero();
        return printed.group(1);
    }

    private static Person.Answer signIn(Instance instance, String password) {
        return new Person(instance.address(), null).post("/api/auth/sessions", Map.of("username", "root", "password", password));
    }

    private static Ended member(String... words) throws Exception {
        return run(OperatorCommand.java("picup.member.MemberCommand", words));
    }

    private static Ended picup(String data) throws Exception {
        return run(OperatorCommand.java("picup.PicupApplication", "--server.port=0", data));
    }

    private static Ended run(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
            return new Ended(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
