package picup;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

class ModulesTest {
    private final ApplicationModules modules = ApplicationModules.of(PicupApplication.class);

    @Test
    void theWallsBetweenModulesHold() {
        modules.verify();
    }

    @Test
    void theMapOfModulesIsDrawn() {
        new Documenter(modules).writeModulesAsPlantUml();
    }
}
