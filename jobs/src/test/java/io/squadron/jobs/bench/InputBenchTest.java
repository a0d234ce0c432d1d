package io.squadron.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputBenchTest {
    @Test
    void everyStageOfBothSizesHasATime(@TempDir Path folder) throws IOException {
        List<String> progress = new ArrayList<>();
        InputBench bench = new InputBench(new InputQuestion(folder, 1, 1, 0, "resnet18"), progress::add);
        String text = bench.run();
        assertThat(text).as("table").contains("500x375", "2000x1500", "decode whole", "samples one by one");
        Path json = folder.resolve("input.json");
        bench.write(json);
        JsonNode stages = new ObjectMapper().readTree(json.toFile()).get("stages");
        for (String size : List.of("500x375", "2000x1500")) {
            assertThat(stages.get(size).get(InputStages.ALL).asDouble())
                    .as("milliseconds, %s", size)
                    .isPositive();
        }
        assertThat(progress).as("progress").isNotEmpty();
    }
}
