package picup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;

/// The one artifact. Without configuration this process is member, storage and worker at once, and starts its own PostgreSQL.
@SpringBootApplication
@Modulithic(systemName = "Picup")
public class PicupApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(PicupApplication.class, arguments);
    }
}
