package picup.library.web;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.library.MeasureStorage;

/// What administrators must know of the disk.
@RestController
class AdminStorageController {
    private final MeasureStorage measureStorage;

    AdminStorageController(MeasureStorage measureStorage) {
        this.measureStorage = measureStorage;
    }

    @GetMapping("/api/admin/storage")
    MeasureStorage.Usage usage() {
        return measureStorage.now();
    }
}
