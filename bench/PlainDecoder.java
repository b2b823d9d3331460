import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.DecoderMain;
import picup.decoder.FileKind;
import picup.decoder.Wire;

/// The program of a decoder without the pool around it: what decoding costs by itself.
final class PlainDecoder implements AutoCloseable {
    private final Process process;

    PlainDecoder() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(List.of(java, "-Xms8m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), DecoderMain.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Wire.readReady(process.getInputStream());
    }

    void render(Path photo, Path out) throws IOException {
        ask(DecodeRequest.render(photo, out, FileKind.JPEG));
    }

    void facts(Path photo, Path out) throws IOException {
        ask(DecodeRequest.facts(photo, out, FileKind.JPEG));
    }

    void playable(Path video, Path out, FileKind kind) throws IOException {
        ask(DecodeRequest.playable(video, out, kind));
    }

    private void ask(DecodeRequest request) throws IOException {
        send(Wire.request(request));
        Wire.readNeeds(process.getInputStream());
        send(Wire.go());
        if (Wire.readAnswer(process.getInputStream()) instanceof DecodeAnswer.Refused refused) {
            throw new IllegalStateException(request.input() + ": " + refused);
        }
    }

    private void send(byte[] frame) throws IOException {
        process.getOutputStream().write(frame);
        process.getOutputStream().flush();
    }

    /// Since its start.
    double cpuSeconds() {
        return Machine.cpu(process.toHandle()).toMillis() / 1000.0;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
