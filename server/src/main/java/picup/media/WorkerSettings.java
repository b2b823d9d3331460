package picup.media;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import picup.platform.PicupSettings;

/// Where a worker works.
///
/// @param folder where decoders get their files, swept at every start; workers that share a data folder need one each. Absent,
///               `work` in the data folder. Best on the same file system, so that nothing is copied
@ConfigurationProperties(prefix = "picup.worker", ignoreUnknownFields = false)
record WorkerSettings(@Nullable Path folder) {
    Path folderIn(PicupSettings picup) {
        return folder == null || folder.toString().isBlank() ? picup.data().resolve("work") : folder.toAbsolutePath().normalize();
    }
}
