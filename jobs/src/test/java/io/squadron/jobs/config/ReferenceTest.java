package io.squadron.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pins every key: its name, that it has a comment, and that a value other than its default arrives and comes back. */
class ReferenceTest {
    private static final Config OTHER = ConfigFactory.parseResources(
            ReferenceTest.class, "every-key.conf", ConfigParseOptions.defaults().setAllowMissing(false));

    @Test
    void everyKeyAndSectionHasAComment() {
        Config reference = Reference.config();
        Set<String> bare = Reference.paths().stream()
                .filter(path -> !path.equals(Reference.ROOT))
                .filter(path -> reference.getValue(path).origin().comments().isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(bare).as("keys without a comment").isEmpty();
    }

    /** Keys whose other value no configuration can have that pins all the rest: what they leave out is spoken of there. */
    private static final Set<String> EXCLUDING =
            Set.of("squadron.model.skip-connections", "squadron.model.batch-norms");

    @Test
    void everyKeyIsBoundAndComesBack() {
        Config back = ConfigFactory.parseString(JobConfig.load(List.of()).resolved());

        assertThat(keys(back)).as("keys of the records").isEqualTo(keys(Reference.config()));
    }

    @Test
    void everyKeyIsPinnedToAValueOtherThanItsDefault() {
        assertThat(keys(OTHER)).as("keys of every-key.conf").isEqualTo(keys(Reference.config()));

        Config defaults = ConfigFactory.parseString(JobConfig.load(List.of()).resolved());
        Config changed = ConfigFactory.parseString(loadedOther().resolved());
        assertThat(keys(changed))
                .as("keys whose value did not arrive")
                .filteredOn(key -> !EXCLUDING.contains(key))
                .allSatisfy(key -> assertThat(changed.getValue(key).unwrapped())
                        .as(key)
                        .isNotEqualTo(defaults.getValue(key).unwrapped()));
    }

    @Test
    void whatOtherKeysForbidIsPinnedAlone() {
        for (String key : EXCLUDING) {
            Config alone = ConfigFactory.parseString(
                    JobConfig.load(List.of(new ConfigSource.Text("alone.conf", key + " = false")))
                            .resolved());
            assertThat(alone.getBoolean(key)).as(key).isFalse();
        }
    }

    @Test
    void eachPinnedValueArrivesAtItsOwnKey() {
        Config changed = ConfigFactory.parseString(loadedOther().resolved());

        assertThat(changed.root().unwrapped())
                .as("resolved configuration of every-key.conf")
                .isEqualTo(OTHER.root().unwrapped());
    }

    private static JobConfig loadedOther() {
        return JobConfig.load(
                List.of(new ConfigSource.Text("every-key.conf", OTHER.root().render())));
    }

    private static Set<String> keys(Config config) {
        return config.entrySet().stream()
                .map(Map.Entry<String, ConfigValue>::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
