package picup.storage.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.platform.PageLimit;
import picup.storage.scrub.ShowStorageHealth;

/// Whether the originals are still what they were. Who may come here is decided at the door: `AdministratorsOnly`.
@RestController
@RequestMapping("/api/admin/storage-health")
class AdminStorageHealthController {
    private final ShowStorageHealth health;

    AdminStorageHealthController(ShowStorageHealth health) {
        this.health = health;
    }

    @GetMapping
    ShowStorageHealth.StorageHealth now() {
        return health.now();
    }

    @GetMapping("/damaged")
    ShowStorageHealth.DamagedPage damaged(@RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        return health.damaged(cursor, PageLimit.of(limit));
    }
}
