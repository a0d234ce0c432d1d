package io.squadron.driver.spark;

import io.squadron.dataset.FeatureSamples;
import io.squadron.dataset.ShardSamples;
import io.squadron.evaluation.Tally;
import io.squadron.image.EvaluationTransform;
import io.squadron.image.Interpolation;
import io.squadron.image.Look;
import io.squadron.image.TrainingTransform;
import io.squadron.replica.RankOutcome;
import io.squadron.replica.TrainingJob;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The classes that travel as data: everything that can be reached from a few roots through record components. */
final class Travellers {
    private Travellers() {}

    static List<Class<?>> all() {
        Set<Class<?>> found = new LinkedHashSet<>();
        roots().forEach(root -> walk(root, found));
        return found.stream()
                .filter(type -> !type.isInterface() && !type.getName().startsWith("java.lang"))
                .toList();
    }

    private static List<Class<?>> roots() {
        return List.of(
                TrainingJob.class,
                ShardSamples.class,
                TrainingTransform.class,
                FeatureSamples.class,
                EvaluationTransform.class,
                Look.class,
                Interpolation.class,
                RankOutcome.class,
                RankOutcome[].class,
                Tally[].class);
    }

    private static void walk(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                walk(argument, found);
            }
        }
        if (!(type instanceof Class<?> known) || known.isPrimitive() || !found.add(known)) {
            return;
        }
        if (known.isArray()) {
            walk(known.getComponentType(), found);
        }
        if (known.isSealed()) {
            for (Class<?> permitted : known.getPermittedSubclasses()) {
                walk(permitted, found);
            }
        }
        if (known.isRecord()) {
            for (RecordComponent component : known.getRecordComponents()) {
                walk(component.getGenericType(), found);
            }
        }
    }
}
