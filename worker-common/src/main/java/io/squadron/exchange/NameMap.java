package io.squadron.exchange;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How programs that keep torch's layouts name the tensors of the networks that torchvision has, too. */
enum NameMap {
    TORCHVISION("torchvision") {
        @Override
        Optional<String> ours(String name) {
            return Optional.of(name);
        }
    },
    /** Its ResNets are named as torchvision's; its VGG has a convolution in the place of the dense layers. */
    TIMM("timm") {
        @Override
        Optional<String> ours(String name) {
            return Optional.of(name.replaceFirst("^pre_logits\\.fc1\\.", "classifier.0.")
                    .replaceFirst("^pre_logits\\.fc2\\.", "classifier.3.")
                    .replaceFirst("^head\\.fc\\.", "classifier.6."));
        }
    },
    /** ResNetModel and ResNetForImageClassification of transformers. */
    HUGGING_FACE("Hugging Face") {
        private static final List<String> PARTS = List.of("weight", "bias", "running_mean", "running_var");

        @Override
        Optional<String> ours(String name) {
            String inner = name.replaceFirst("^resnet\\.", "");
            Matcher head = HEAD.matcher(inner);
            if (head.matches()) {
                return Optional.of("fc." + head.group(1));
            }
            Matcher stem = STEM.matcher(inner);
            if (stem.matches()) {
                return Optional.of((stem.group(1).equals("convolution") ? "conv1." : "bn1.") + stem.group(2));
            }
            Matcher block = BLOCK.matcher(inner);
            if (!block.matches() || !PARTS.contains(block.group(5))) {
                return Optional.empty();
            }
            return Optional.of(block(block.toMatchResult()));
        }

        private String block(MatchResult found) {
            int stage = Integer.parseInt(found.group(1)) + 1;
            boolean convolution = found.group(4).equals("convolution");
            String place = found.group(3).equals("shortcut")
                    ? "downsample." + (convolution ? 0 : 1)
                    : (convolution ? "conv" : "bn")
                            + (Integer.parseInt(found.group(3).substring("layer.".length())) + 1);
            return "layer%d.%s.%s.%s".formatted(stage, found.group(2), place, found.group(5));
        }
    };

    private static final Pattern HEAD = Pattern.compile("classifier\\.1\\.(weight|bias)");
    private static final Pattern STEM = Pattern.compile("embedder\\.embedder\\.(convolution|normalization)\\.(\\w+)");
    private static final Pattern BLOCK = Pattern.compile("encoder\\.stages\\.(\\d{1,2})\\.layers\\.(\\d{1,3})\\."
            + "(shortcut|layer\\.\\d)\\.(convolution|normalization)\\.(\\w+)");

    private final String title;

    NameMap(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** torchvision's name for what is called {@code name} there; empty where the map knows no such name. */
    abstract Optional<String> ours(String name);
}
