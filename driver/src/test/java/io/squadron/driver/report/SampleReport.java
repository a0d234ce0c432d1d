package io.squadron.driver.report;

import io.squadron.dataset.Split;
import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.RunSummary;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import io.squadron.engine.StepResult;
import io.squadron.evaluation.Tally;
import io.squadron.evaluation.TallyBuilder;
import io.squadron.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** A run that never was, with curves, confusions and pictures as real ones have them. The same on every call. */
final class SampleReport {
    static final List<String> CLASSES = List.of(
            "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot");
    private static final int ROUNDS = 48;
    private static final int STEPS = 25;
    private static final int SAMPLES = STEPS * 64;

    /** Where pictures come from. */
    interface Pictures {
        byte[] png(int label, int draw);
    }

    private SampleReport() {}

    static ReportData data(Pictures pictures) {
        Tally tally = tally(4000, 3.4);
        List<ReportData.MistakePicture> mistakes = new ArrayList<>();
        tally.mistakes()
                .forEach(each ->
                        mistakes.add(new ReportData.MistakePicture(each, pictures.png(each.label(), each.position()))));
        List<ReportData.AugmentedSample> augmented = new ArrayList<>();
        for (int label : new int[] {0, 5, 8, 9}) {
            List<byte[]> draws = new ArrayList<>();
            for (int draw = 1; draw <= 8; draw++) {
                draws.add(pictures.png(label, -draw));
            }
            augmented.add(new ReportData.AugmentedSample(CLASSES.get(label), pictures.png(label, 0), draws));
        }
        return new ReportData(
                "fashion-mnist, resnet18",
                "A ResNet-18 with a small-image stem, trained from scratch on 6,000 images by 2 replicas with exact batch norm.",
                CLASSES,
                new ReportData.Evaluation("test images", tally),
                List.of(new ReportData.Baseline("logistic regression", 0.8412)),
                history(),
                mistakes,
                augmented,
                """
                model {
                  architecture = resnet18
                  stem = small-image
                }
                train {
                  epochs = 12
                  batch = 32            # per replica
                  replicas = 2
                  optimiser { name = sgd, momentum = 0.9, nesterov = true, weight-decay = 5e-4 }
                  schedule { name = cosine, peak = 0.1, warm-up = 1ep, floor = 0 }
                  norm { sync = exact }
                  average { every = 1 }
                }
                """,
                List.of(
                        new ReportData.Fact(
                                "command",
                                "./squadron train --set train.epochs=12 --data examples/fashion <&> \"quoted\""),
                        new ReportData.Fact("seed", "7"),
                        new ReportData.Fact(
                                "dataset", "sha256 5d1c0a7f9be4c2d83a6f51b07e29d4c8aa10f3b6e7d95c42810bfa3d6c7e9012"),
                        new ReportData.Fact(
                                "versions", "Squadron 0.1.0, Spark 3.5.5, Deeplearning4j 1.0.0-M2.1, Java 17.0.13"),
                        new ReportData.Fact("host", "2 cores, AMD EPYC (Zen 4), avx512_bf16, 15 GB memory"),
                        new ReportData.Fact("started", "2026-11-23 13:05:12 UTC"),
                        new ReportData.Fact("ended", "2026-11-23 13:07:41 UTC")));
    }

    static RunHistory history() {
        StringBuilder text = new StringBuilder();
        run(new History(text::append));
        return HistoryReader.read(text.toString());
    }

    /** Tells a listener the whole run. */
    static void run(TrainingListener listener) {
        int total = ROUNDS * STEPS;
        listener.on(new TrainingEvent.TrainingStarted(
                new RunSummary("sample", total, 12, 2, SAMPLES * 4, 10, "dl4j", "resnet18", 11_173_962, 0)));
        for (int round = 0; round < ROUNDS; round++) {
            listener.on(round(round));
            long step = (round + 1L) * STEPS;
            if (round % 4 == 3) {
                double learned = (round + 1.0) / ROUNDS;
                Tally tally = tally(1000, 1.2 + 2.2 * Math.pow(learned, 0.45));
                listener.on(new TrainingEvent.Evaluated(step, round / 4, Split.VALIDATION, tally, 0.7));
                listener.on(new TrainingEvent.Checkpointed(step, "file:/runs/sample/step-" + step, 89_412_331, 0.4));
            }
        }
        listener.on(new TrainingEvent.TrainingEnded(total, 131));
    }

    private static TrainingEvent.RoundEnded round(int round) {
        RandomStream random = RandomStream.of(7, "sample-round", round);
        double progress = (round + 1.0) / ROUNDS;
        double loss = 0.17 + 1.75 * Math.exp(-5.2 * progress) + 0.04 * random.nextGaussian() * (1.2 - progress);
        int correct = (int) (SAMPLES * (0.945 - 0.24 * loss));
        double seconds = 2.6 + 0.15 * random.nextGaussian() + (round == 0 ? 1.9 : 0);
        List<RankTiming> timings = List.of(
                new RankTiming(0, 0.02 * seconds, 0.79 * seconds, 0.06 * seconds, 0.04 * seconds),
                new RankTiming(1, 0.03 * seconds, 0.74 * seconds, 0.10 * seconds, 0.05 * seconds));
        return new TrainingEvent.RoundEnded(
                round,
                (long) round * STEPS,
                (round + 1L) * STEPS,
                round / 4,
                new StepResult(loss * SAMPLES, correct, SAMPLES),
                rate(round * STEPS),
                rate((round + 1) * STEPS - 1),
                seconds,
                timings);
    }

    private static double rate(int step) {
        int warm = 4 * STEPS;
        double rest = (double) (step - warm) / (ROUNDS * STEPS - warm);
        return step < warm ? 0.1 * (step + 1) / warm : 0.05 * (1 + Math.cos(Math.PI * rest));
    }

    /** @param skill how far the label's logit stands out */
    static Tally tally(int samples, double skill) {
        int[][] alike = {
            {6, 3, 2}, {3, 0, 0}, {4, 6, 6}, {0, 4, 1}, {2, 6, 6}, {7, 9, 7}, {0, 2, 4}, {9, 5, 9}, {0, 6, 5}, {7, 7, 5}
        };
        TallyBuilder builder = new TallyBuilder(10, 15, 24);
        for (int i = 0; i < samples; i++) {
            RandomStream random = RandomStream.of(11, "sample-logits", i);
            int label = i % 10;
            float[] logits = new float[10];
            for (int j = 0; j < 10; j++) {
                logits[j] = (float) (0.8 * random.nextGaussian());
            }
            logits[label] += (float) (skill + (label == 6 ? -0.9 : 0.4));
            logits[alike[label][random.nextInt(3)]] += (float) (1.7 + 1.1 * random.nextGaussian());
            for (int j = 0; j < 10; j++) {
                logits[j] *= 2.1f;
            }
            builder.add(random.nextLong(), i, label, logits, 0);
        }
        return builder.build();
    }

    /** Stripes and blobs, one kind a class. */
    static byte[] drawn(int label, int draw) {
        int[][] grey = new int[28][28];
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                double wave = Math.sin((x * (label + 1) + y * (10 - label) + draw) * 0.12);
                grey[y][x] = (int) (128 + 120 * wave);
            }
        }
        return TinyPng.of(grey);
    }
}
