package picup.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.SidecarFacts;
import picup.media.decoding.DecoderLost;
import picup.media.decoding.DecoderPool;
import picup.media.decoding.Urgency;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.jobs.NotNow;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.Ledger;
import picup.storage.Originals;

/// What every job does that shows an original to a decoder.
///
/// The decoder works outside of any transaction. What came of it is one transaction, under the digest's lock, so that
/// nothing is put beside bytes that are just being removed; a crash between the two repeats the work, which ends the same.
@Component
@InRole(Role.WORKER)
class DecodeOriginal {
    /// @param original  the bytes as they came
    /// @param workbench an empty folder for what the decoder makes
    @FunctionalInterface
    interface Question {
        DecodeRequest about(Path original, Path workbench);
    }

    /// Each is called in the transaction.
    interface Answered {
        /// @param files names of the renditions, which are in place already
        void decoded(Facts facts, List<String> files);

        default void described(SidecarFacts facts) {
            throw new IllegalStateException("A picture was described as if it were a sidecar");
        }

        /// @param workbench where the renditions lie until somebody keeps them; deleted after the transaction
        default void edited(DecodeAnswer.Edited edited, Path workbench) {
            throw new IllegalStateException("A picture was edited that nobody wanted edited");
        }

        void refused(DecodeAnswer.Refused refused);
    }

    private final FollowOrders orders;
    private final Originals originals;
    private final Ledger ledger;
    private final Renditions renditions;
    private final TransactionTemplate transaction;

    DecodeOriginal(FollowOrders orders, Originals originals, Ledger ledger, Renditions renditions, TransactionTemplate transaction) {
        this.orders = orders;
        this.originals = originals;
        this.ledger = ledger;
        this.renditions = renditions;
        this.transaction = transaction;
    }

    /// Does nothing when the owner deleted the original for good before, or while the decoder worked.
    ///
    /// @throws DecoderLost when the file cost a decoder its life
    /// @throws NotNow      when there was no decoder to take it, or decoding is paused
    void ask(DecoderPool decoders, Urgency urgency, MemberId owner, Digest digest, Question question, Answered answered) throws Exception {
        if (!ledger.holds(owner, digest)) {
            return;
        }
        orders.follow();
        var workbench = renditions.workbench();
        try (var original = originals.lend(digest)) {
            var answer = answer(decoders, urgency, question.about(original.path(), workbench));
            transaction.executeWithoutResult(_ -> {
                if (ledger.stillHolds(owner, digest)) {
                    take(answer, digest, workbench, answered);
                }
            });
        } finally {
            Renditions.delete(workbench);
        }
    }

    /// Of a job that somebody may be waiting for.
    static Urgency urgency(Priority priority) {
        return priority == Priority.INTERACTIVE ? Urgency.INTERACTIVE : Urgency.BULK;
    }

    private static DecodeAnswer answer(DecoderPool decoders, Urgency urgency, DecodeRequest request) throws Exception {
        try {
            return decoders.decode(request, urgency);
        } catch (DecoderLost lost) {
            throw switch (lost.why()) {
                case CLOSED, NOT_STARTED, NO_ROOM -> new NotNow("No decoder took the file", lost);
                case CRASHED, HUNG, OUT_OF_MEMORY, OUTGREW, LIED -> lost;
            };
        }
    }

    private void take(DecodeAnswer answer, Digest digest, Path workbench, Answered answered) {
        switch (answer) {
            case DecodeAnswer.Decoded decoded -> {
                try {
                    answered.decoded(decoded.facts(), renditions.keep(digest, workbench, decoded.renditions()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case DecodeAnswer.Described described -> answered.described(described.facts());
            case DecodeAnswer.Edited edited -> answered.edited(edited, workbench);
            case DecodeAnswer.Refused refused -> answered.refused(refused);
        }
    }
}
