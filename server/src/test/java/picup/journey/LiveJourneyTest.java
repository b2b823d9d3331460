package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picup.platform.Ids;

class LiveJourneyTest {
    /// It used to stay open for up to ten minutes.
    @Test
    void theStreamOfASessionEndsWithIt() {
        var name = "person-" + Ids.next();
        var phone = Person.signUp(Product.address(), name);
        var credentials = Map.of("username", name, "password", "a long enough password");
        var laptop = new Person(Product.address(), Product.stranger().post("/api/auth/sessions", credentials).json().get("accessToken").asString());
        try (var onPhone = new LiveStream(phone); var onLaptop = new LiveStream(laptop)) {
            assertThat(phone.delete("/api/auth/sessions/current").status()).isEqualTo(204);

            onPhone.awaitEnd();
            var picture = laptop.show("photo.jpg", Samples.photo()).get("id").asString();
            onLaptop.awaitLine(picture);
        }
    }
}
