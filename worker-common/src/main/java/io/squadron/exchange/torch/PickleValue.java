package io.squadron.exchange.torch;

import io.squadron.exchange.NumberKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the stack of a pickle can hold. Lists and dictionaries grow while the pickle runs and may contain themselves. */
sealed interface PickleValue {
    /** None, True, False, a number that is no whole one: nothing is done with them. */
    record Plain() implements PickleValue {}

    /** A whole number; those beyond 64 bits are Plain. */
    record Whole(long value) implements PickleValue {}

    record Text(String value) implements PickleValue {}

    record Tuple(List<PickleValue> items) implements PickleValue {}

    /** A list or a set. */
    final class Sequence implements PickleValue {
        final List<PickleValue> items = new ArrayList<>();
    }

    /** A dictionary, ordered or not; keys that are neither text nor whole numbers are counted on. */
    final class Dictionary implements PickleValue {
        final Map<String, PickleValue> items = new LinkedHashMap<>();

        void put(PickleValue key, PickleValue value) {
            String name = key instanceof Text text
                    ? text.value()
                    : key instanceof Whole whole ? String.valueOf(whole.value()) : "#" + items.size();
            items.put(name, value);
        }
    }

    /** Where the items of what comes next begin. */
    record Mark() implements PickleValue {}

    /** A function or a class that may be named. */
    enum Callable implements PickleValue {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_PARAMETER,
        SIZE,
        DEVICE
    }

    /** A class of storages, or a type of numbers. */
    record Kind(NumberKind kind) implements PickleValue {}

    /** A storage that the pickle speaks of. */
    record StorageRef(String key, NumberKind kind, long elements) implements PickleValue {}

    /** A view of a storage, in elements. */
    record Tensor(StorageRef storage, long offset, List<Long> shape, List<Long> strides) implements PickleValue {}
}
