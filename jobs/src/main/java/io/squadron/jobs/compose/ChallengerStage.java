package io.squadron.jobs.compose;

import io.squadron.driver.checkpoint.ModelSource;
import io.squadron.driver.registry.HeadExtension;
import io.squadron.driver.registry.Stage;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.PortableModel;
import io.squadron.jobs.config.JobConfig;
import io.squadron.model.Layout;
import java.util.Map;
import java.util.TreeMap;

/** Trains a challenger, from the champion's weights where there is one, and files its model. */
record ChallengerStage(NightWork work) {
    Stage.Trained train(Stage.Delivered delivered) {
        String id = work.night().id();
        String file = work.registry().model(id);
        String run = work.registry().run(id);
        if (!work.storage().exists(file)) {
            Map<String, String> settings = new TreeMap<>(start(delivered));
            settings.put("dataset", delivered.dataset());
            settings.put("run", run);
            train(new Training(work.cluster(), work.with(settings)), run);
            ModelFile.write(work.storage(), file, new ModelSource(work.storage()).load(run));
        }
        PortableModel model = ModelFile.read(work.storage(), file);
        work.storage().delete(work.night().startingWeights());
        return new Stage.Trained(file, model.hash(), run, model.provenance());
    }

    /** From the beginning, or from where an earlier try came to. */
    private void train(Training training, String run) {
        RunDirectory directory = new RunDirectory(work.storage(), run);
        if (directory.exists() && !directory.checkpoints().isEmpty()) {
            training.resume(work.out());
        } else {
            training.start(work.out());
        }
    }

    /** Where the training begins: at the champion, in whose head the rows of new classes are fresh. */
    private Map<String, String> start(Stage.Delivered delivered) {
        if (work.champion().isEmpty()) {
            return Map.of();
        }
        PortableModel champion = ModelFile.read(work.storage(), work.registry().model(work.champion()));
        if (!layout(champion.facts()).equals(champion.facts().spec().layout())) {
            work.out()
                    .println("  the promoted model is another network than the configuration asks for: "
                            + "training begins as if there were none");
            return Map.of();
        }
        String file = work.night().startingWeights();
        if (!work.storage().exists(file)) {
            PortableModel extended = HeadExtension.of(
                    champion,
                    delivered.classes(),
                    work.config().model().initialisation(),
                    work.config().seed());
            ModelFile.write(work.storage(), file, extended);
        }
        work.out().println("  from the model of night " + work.champion());
        return Map.of(
                "model.pretrained", file,
                "model.pretrained-copy", "trained",
                "model.fresh-depth", "0",
                "input.normalisation", "pretrained");
    }

    /** What the configuration would make of the classes of {@code champion}. */
    private Layout layout(ModelFacts champion) {
        JobConfig config = work.config();
        return new ModelFacts(
                        config.model().architecture(),
                        config.model().stem(),
                        config.model().auxiliaryHeads(),
                        config.model().finalHead(),
                        config.model().variation(),
                        champion.classes(),
                        config.input().resize(),
                        config.input().size(),
                        config.input().interpolation(),
                        champion.normalisation())
                .spec()
                .layout();
    }
}
