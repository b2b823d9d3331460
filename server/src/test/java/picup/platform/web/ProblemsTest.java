package picup.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.platform.BadValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {
    private final MockMvc web = MockMvcBuilders.standaloneSetup(new Failing()).setControllerAdvice(new Problems()).build();

    @RestController
    static class Failing {
        @GetMapping("/bad-value")
        String badValue() {
            throw new BadValue("A name has 1 to 64 characters.");
        }

        @GetMapping("/ours")
        String ours() {
            throw new IllegalArgumentException("jdbc:postgresql://inside refuses the password hunter2");
        }
    }

    @Test
    void aBadValueIsTheCallersAndSaysWhy() throws Exception {
        var problem = ask("/bad-value", 400);
        assertThat(problem.get("code").asString()).isEqualTo("bad-value");
        assertThat(problem.get("detail").asString()).isEqualTo("A name has 1 to 64 characters.");
    }

    @Test
    void anArgumentOfOursIsOurMistakeAndItsTextStaysInTheLog(CapturedOutput output) throws Exception {
        var problem = ask("/ours", 500);
        assertThat(problem.get("code").asString()).isEqualTo("internal");
        assertThat(problem.toString()).doesNotContain("hunter2");
        var reference = problem.get("reference").asString();
        assertThat(reference).hasSize(8);
        assertThat(problem.get("detail").asString()).contains(reference);
        assertThat(output.toString()).contains(reference).contains("hunter2");
    }

    private JsonNode ask(String path, int status) throws Exception {
        var answer = web.perform(get(path)).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(status);
        return new JsonMapper().readTree(answer.getContentAsString());
    }
}
