package picup.media;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.audit.AuditAction;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.storage.StorageAudit;

/// Pauses and resumes the decoding of all workers, and says how much of their machines they may take.
@Component
public class ChangeDecoding {
    /// What a pause puts off.
    private static final List<JobKind<?>> PUT_OFF = List.of(RenderOriginal.KIND, MakePlayable.KIND, RereadFacts.KIND, DescribeSidecar.KIND, EditOriginal.KIND);

    private final DecodingOrders orders;
    private final StorageAudit audit;
    private final Jobs jobs;
    private final TransactionTemplate transaction;

    ChangeDecoding(DecodingOrders orders, StorageAudit audit, Jobs jobs, TransactionTemplate transaction) {
        this.orders = orders;
        this.audit = audit;
        this.jobs = jobs;
        this.transaction = transaction;
    }

    public DecodingOrder current() {
        return orders.current();
    }

    /// @throws picup.platform.ProblemException `BAD_VALUE`
    public void to(MemberId actor, DecodingOrder order) {
        require(order.decoders() == null || order.decoders() >= 1 && order.decoders() <= WorkerSettings.MOST_DECODERS,
                "decoders must be 1 to %d, or null, but is %s.".formatted(WorkerSettings.MOST_DECODERS, order.decoders()));
        require(order.memoryBytes() == null || allowed(DataSize.ofBytes(order.memoryBytes())),
                "memoryBytes must be %d to %d, or null, but is %s.".formatted(WorkerSettings.LEAST_MEMORY.toBytes(), WorkerSettings.MOST_MEMORY.toBytes(),
                        order.memoryBytes()));
        transaction.executeWithoutResult(_ -> {
            var before = orders.current();
            if (before.equals(order)) {
                return;
            }
            orders.change(order);
            if (before.paused() != order.paused()) {
                audit.record(order.paused() ? AuditAction.DECODING_PAUSED : AuditAction.DECODING_RESUMED, actor, null);
            }
            if (before.paused() && !order.paused()) {
                PUT_OFF.forEach(jobs::bringForward);
            }
            if (!new DecodingOrder(before.paused(), order.decoders(), order.memoryBytes()).equals(before)) {
                audit.record(AuditAction.DECODING_LIMITED, actor, null, text(order));
            }
        });
    }

    private static boolean allowed(DataSize memory) {
        return memory.compareTo(WorkerSettings.LEAST_MEMORY) >= 0 && memory.compareTo(WorkerSettings.MOST_MEMORY) <= 0;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Problem.BAD_VALUE.because(otherwise);
        }
    }

    private static String text(DecodingOrder order) {
        return "%s, %s".formatted(order.decoders() == null ? "–" : order.decoders().toString(),
                order.memoryBytes() == null ? "–" : (order.memoryBytes() >> 20) + " MB");
    }
}
