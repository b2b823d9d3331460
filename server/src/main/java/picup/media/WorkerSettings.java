package picup.media;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import picup.platform.PicupSettings;

/// Where a worker works, and how much of the machine it takes. What administrators order while it runs comes before.
///
/// @param folder   where decoders get their files, swept at every start; workers that share a data folder need one each. Absent,
///                 `work` in the data folder. Best on the same file system, so that nothing is copied
/// @param decoders how many files are decoded at a time, 1 to 16; as many as there are cores unless set, four at most. More than there
///                 are cores make nothing faster
/// @param memory   what they may take together, 256MB to 1TB; half of the machine's memory unless set, 1GB for each decoder at most
/// @param paused   whether this worker decodes nothing. Its other jobs go on
@ConfigurationProperties(prefix = "picup.worker", ignoreUnknownFields = false)
record WorkerSettings(@Nullable Path folder, @Nullable Integer decoders, @Nullable DataSize memory, @DefaultValue("false") boolean paused) {
    /// Every decoder is a process of 100 MB or more.
    static final int MOST_DECODERS = 16;

    /// Below that, no decoder has room for a photo.
    static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(256);
    static final DataSize MOST_MEMORY = DataSize.ofTerabytes(1);

    private static final int USUAL_DECODERS = 4;

    WorkerSettings {
        if (decoders != null && (decoders < 1 || decoders > MOST_DECODERS)) {
            throw new IllegalArgumentException("picup.worker.decoders must be 1 to %d, but is %d".formatted(MOST_DECODERS, decoders));
        }
        if (memory != null && (memory.compareTo(LEAST_MEMORY) < 0 || memory.compareTo(MOST_MEMORY) > 0)) {
            throw new IllegalArgumentException("picup.worker.memory must be 256MB to 1TB, but is " + memory);
        }
    }

    Path folderIn(PicupSettings picup) {
        return folder == null || folder.toString().isBlank() ? picup.data().resolve("work") : folder.toAbsolutePath().normalize();
    }

    int decodersHere() {
        return decoders == null ? Math.clamp(Runtime.getRuntime().availableProcessors(), 1, USUAL_DECODERS) : decoders;
    }

    /// Java knows the limit of a container, too.
    long memoryBytesFor(int decoders) {
        if (memory != null) {
            return memory.toBytes();
        }
        long halfBytes = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() / 2;
        return Math.clamp(halfBytes, LEAST_MEMORY.toBytes(), DataSize.ofGigabytes(decoders).toBytes());
    }
}
