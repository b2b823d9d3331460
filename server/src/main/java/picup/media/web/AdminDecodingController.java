package picup.media.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import picup.media.ChangeDecoding;
import picup.media.DecodingOrder;
import picup.platform.MemberId;
import picup.platform.Problem;

/// How much of their machines the workers may take. Who may come here is decided at the door: `AdministratorsOnly`.
@RestController
class AdminDecodingController {
    private final ChangeDecoding decoding;

    AdminDecodingController(ChangeDecoding decoding) {
        this.decoding = decoding;
    }

    /// @param decoders    null as each worker is configured
    /// @param memoryBytes null as each worker is configured
    record DecodingJson(boolean paused, @Nullable Integer decoders, @Nullable Long memoryBytes) {
        static DecodingJson of(DecodingOrder order) {
            return new DecodingJson(order.paused(), order.decoders(), order.memoryBytes());
        }
    }

    /// @param paused must be said
    record Change(@Nullable Boolean paused, @Nullable Integer decoders, @Nullable Long memoryBytes) {}

    @GetMapping("/api/admin/decoding")
    DecodingJson show() {
        return DecodingJson.of(decoding.current());
    }

    /// All of it, so that what is left out goes back to what the workers' configuration says.
    @PutMapping("/api/admin/decoding")
    DecodingJson change(MemberId actor, @RequestBody Change change) {
        if (change.paused() == null) {
            throw Problem.BAD_VALUE.because("\"paused\" is missing.");
        }
        decoding.to(actor, new DecodingOrder(change.paused(), change.decoders(), change.memoryBytes()));
        return show();
    }
}
