package io.squadron.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.engine.Engine;
import io.squadron.engine.Engines;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineCheckTest {
    @Test
    void anEngineOfThisMachineIsNamed() {
        assertThat(new EngineCheck(Engines.known()).examine().found()).startsWith("auto takes ");
    }

    @Test
    void whatKeepsTheFasterOneFromWorkingIsSaid() {
        Finding finding = new EngineCheck(
                        List.of(new Lame("fast", Optional.of("no AVX2")), new Lame("slow", Optional.empty())))
                .examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.WARN);
        assertThat(finding.found())
                .isEqualTo("auto takes slow, and for precision float32; fast cannot work here: no AVX2");
    }

    @Test
    void noEngineAtAllFails() {
        Finding finding = new EngineCheck(List.of(new Lame("fast", Optional.of("no library")))).examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.FAIL);
    }

    /** An engine that is never opened. */
    private record Lame(String name, Optional<String> obstacle) implements Engine {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public Session open(ModelSpec spec, Weights weights, SessionOptions options) {
            throw new UnsupportedOperationException(name);
        }
    }
}
