package picup.decoder;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A decoder: reads requests from standard input, one at a time, until there are no more.
///
/// Standard input is also the life line. When the parent is gone, by `kill -9` too, it ends: then this process and the
/// programs it started end at once, in the middle of a file if need be.
public final class DecoderMain {

    /// Told to the parent, which can't see inside: Java's heap was too small.
    public static final int EXIT_OUT_OF_MEMORY = 3;

    private static final int EXIT_BROKEN_REQUEST = 4;

    /// Shorter than a person's pause between two files, it would start Perl again and again.
    private static final int EXIF_TOOL_IDLE_SECONDS = 20;

    private final AnswerPipe answers;
    private final BlockingQueue<DecodeRequest> requests = new LinkedBlockingQueue<>();
    private final Semaphore mayGo = new Semaphore(0);

    private DecoderMain(AnswerPipe answers) {
        this.answers = answers;
    }

    public static void main(String[] arguments) throws Exception {
        try {
            AnswerPipe answers = AnswerPipe.takeStandardOutput();
            Vips.start();
            new DecoderMain(answers).run();
        } catch (OutOfMemoryError tooSmall) {
            Runtime.getRuntime().halt(EXIT_OUT_OF_MEMORY);
        }
    }

    private void run() throws Exception {
        Thread reader = new Thread(this::readUntilTheParentIsGone, "requests");
        reader.setDaemon(true);
        reader.start();
        answers.send(Wire.ready());
        while (true) {
            DecodeRequest request = requests.poll(EXIF_TOOL_IDLE_SECONDS, TimeUnit.SECONDS);
            if (request == null) {
                ExifTool.close();
            } else {
                long needs = appetite(request);
                long limit = request.limits().maxMemoryBytes();
                answers.send(Wire.needs(Math.min(needs, limit)));
                mayGo.acquire();
                answers.send(Wire.answer(needs > limit ? tooLarge(needs, limit) : answer(request)));
            }
        }
    }

    private void readUntilTheParentIsGone() {
        int exit = 0;
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            while (true) {
                requests.add(Wire.readRequest(in));
                Wire.readGo(in);
                mayGo.release();
            }
        } catch (EOFException gone) {
            exit = 0;
        } catch (IOException | RuntimeException broken) {
            System.err.println("no request: " + broken.getMessage());
            exit = EXIT_BROKEN_REQUEST;
        } finally {
            Program.killAll();
            Runtime.getRuntime().halt(exit);
        }
    }

    private static long appetite(DecodeRequest request) {
        try {
            return Appetite.of(request);
        } catch (IOException | RuntimeException unreadable) {
            return Appetite.BASE_BYTES; // whoever decodes it will say why
        }
    }

    private static DecodeAnswer tooLarge(long needs, long limit) {
        return new Refusal(DecodeAnswer.Reason.TOO_MANY_PIXELS, "it takes about " + (needs >> 20) + " MB to decode: at most " + (limit >> 20)).answer();
    }

    private static DecodeAnswer answer(DecodeRequest request) throws InterruptedException {
        try {
            checkKind(request);
            if (request.task() == DecodeRequest.Task.DESCRIBE) {
                return Sidecars.answer(request);
            }
            return request.kind().video() ? Clips.answer(request) : still(request);
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (IOException | RuntimeException failed) {
            return new Refusal(DecodeAnswer.Reason.UNREADABLE, failed.toString()).answer();
        }
    }

    private static DecodeAnswer still(DecodeRequest request) throws Refusal, IOException, InterruptedException {
        Renditions renditions = new Renditions(request.outputFolder(), request.limits());
        if (request.task() == DecodeRequest.Task.FACTS) {
            Renditions.Size size = renditions.sizeOf(request.input(), request.kind());
            return new DecodeAnswer.Decoded(draft(request, size).facts(size, null, null), List.of());
        }
        if (request.recipe() != null) {
            Renditions.Made edited = renditions.edit(request.input(), request.kind(), request.recipe());
            return new DecodeAnswer.Edited(edited.size().width(), edited.size().height(), edited.thumbHash(), edited.files());
        }
        Renditions.Made made = renditions.make(request.input(), request.kind());
        List<RenditionFile> files = new ArrayList<>(made.files());
        MotionClip.of(request).ifPresent(files::add);
        return new DecodeAnswer.Decoded(draft(request, made.size()).still(made), files);
    }

    private static FactsDraft draft(DecodeRequest request, Renditions.Size size) throws InterruptedException {
        FactsDraft draft = new FactsDraft();
        boolean read = switch (request.kind()) {
            case JPEG, PNG, WEBP, GIF -> EmbeddedFacts.addTo(draft, request.input(), request.kind());
            default -> false;
        };
        if (!read) {
            ExifToolFacts.addTo(draft, request.input());
        }
        draft.colourProfile(size.profileName());
        if (size.hdr()) {
            draft.hdr();
        }
        return draft;
    }

    /// The caller has looked already. Looking again costs nothing, and keeps every library to the format it is meant for.
    private static void checkKind(DecodeRequest request) throws IOException, Refusal {
        try (InputStream in = Files.newInputStream(request.input())) {
            Optional<FileKind> kind = FileKind.of(in.readNBytes(FileKind.HEAD_BYTES));
            if (kind.isEmpty() || kind.get() != request.kind()) {
                throw new Refusal(DecodeAnswer.Reason.WRONG_KIND,
                        "this is " + kind.map(FileKind::name).orElse("nothing that is known") + ", not " + request.kind());
            }
        }
    }
}
