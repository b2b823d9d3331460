package picup.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.Recipe;
import picup.media.decoding.DecoderPool;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.StorageLanes;

/// Has a decoder make of an original what a recipe says. The original stays as it is.
@Component
@InRole(Role.WORKER)
public class EditOriginal {
    /// The job that asks for it. The library has its handler, because only there it is known what is wanted when the job's turn comes.
    ///
    /// @param number of the edit among those of the picture
    public record Wanted(MemberId owner, UUID picture, int number, Priority priority) {}

    /// As of [RenderOriginal].
    public static final JobKind<Wanted> KIND = new JobKind<>(StorageLanes.SHORT, "edit-original", Wanted.class, 3, Duration.ofSeconds(2));

    /// Each is called in the transaction.
    public interface Answered {
        void made(Made made);

        /// @param reason a stable code: those of the decoder
        void refused(String reason);
    }

    /// What the decoder made. It lies aside until it is kept.
    public final class Made {
        private final MemberId owner;
        private final DecodeAnswer.Edited edited;
        private final Path workbench;

        private Made(MemberId owner, DecodeAnswer.Edited edited, Path workbench) {
            this.owner = owner;
            this.edited = edited;
            this.workbench = workbench;
        }

        /// In pixels, as shown.
        public int width() {
            return edited.width();
        }

        public int height() {
            return edited.height();
        }

        public String thumbHash() {
            return edited.thumbHash();
        }

        /// @return the file names, as [EditedRenditions#find] takes them
        public List<String> keepFor(UUID picture, int number) {
            try {
                return renditions.keep(owner, picture, number, workbench, edited.renditions());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final DecodeOriginal decodeOriginal;
    private final DecoderPool decoders;
    private final EditedRenditions renditions;

    EditOriginal(DecodeOriginal decodeOriginal, DecoderPool decoders, EditedRenditions renditions) {
        this.decodeOriginal = decodeOriginal;
        this.decoders = decoders;
        this.renditions = renditions;
    }

    /// Does nothing when the owner deleted the original for good before, or while the decoder worked.
    public void run(MemberId owner, Digest digest, FileKind kind, Recipe recipe, Priority priority, Answered answered) throws Exception {
        decodeOriginal.ask(decoders, DecodeOriginal.urgency(priority), owner, digest,
                (original, workbench) -> DecodeRequest.edit(original, workbench, kind, recipe),
                new DecodeOriginal.Answered() {
                    @Override
                    public void decoded(Facts facts, List<String> files) {
                        throw new IllegalStateException("A picture was decoded where it was to be edited: " + digest);
                    }

                    @Override
                    public void edited(DecodeAnswer.Edited edited, Path workbench) {
                        answered.made(new Made(owner, edited, workbench));
                    }

                    @Override
                    public void refused(DecodeAnswer.Refused refused) {
                        answered.refused(refused.reason().name());
                    }
                });
    }
}
