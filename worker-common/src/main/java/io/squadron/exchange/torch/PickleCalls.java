package io.squadron.exchange.torch;

import io.squadron.exchange.torch.PickleValue.Callable;
import io.squadron.exchange.torch.PickleValue.Dictionary;
import io.squadron.exchange.torch.PickleValue.Kind;
import io.squadron.exchange.torch.PickleValue.Plain;
import io.squadron.exchange.torch.PickleValue.Sequence;
import io.squadron.exchange.torch.PickleValue.StorageRef;
import io.squadron.exchange.torch.PickleValue.Tensor;
import io.squadron.exchange.torch.PickleValue.Text;
import io.squadron.exchange.torch.PickleValue.Tuple;
import io.squadron.exchange.torch.PickleValue.Whole;
import java.util.ArrayList;
import java.util.List;

/** The few calls that a pickle may make. They are ours: nothing of a file's choice runs. */
record PickleCalls(PickleBytes in) {
    private static final int MOST_SIDES = 16;

    /** What {@code module.name} stands for; fails where it is not on the list. */
    PickleValue named(String module, String name) {
        PickleValue known = Pickle.NAMES.get(module + "." + name);
        if (known == null) {
            throw in.refused(module + "." + name);
        }
        return known;
    }

    String text(PickleValue value) {
        if (!(value instanceof Text text)) {
            throw in.damaged("its pickle has no text where a name belongs");
        }
        return text.value();
    }

    PickleValue call(PickleValue function, PickleValue arguments) {
        if (!(function instanceof Callable callable)) {
            throw in.refused("a call of what is no function");
        }
        List<PickleValue> items = items(arguments);
        return switch (callable) {
            case ORDERED_DICT -> dictionary(items);
            case REBUILD_TENSOR -> tensor(items);
            case REBUILD_PARAMETER -> argument(items, 0);
            case SIZE -> argument(items, 0);
            case DEVICE -> new Plain();
        };
    }

    private Dictionary dictionary(List<PickleValue> arguments) {
        Dictionary dictionary = new Dictionary();
        for (PickleValue pairs : arguments) {
            for (PickleValue pair : items(pairs)) {
                dictionary.put(argument(items(pair), 0), argument(items(pair), 1));
            }
        }
        return dictionary;
    }

    private Tensor tensor(List<PickleValue> arguments) {
        if (!(argument(arguments, 0) instanceof StorageRef storage)) {
            throw in.damaged("its pickle makes a tensor of what is no storage");
        }
        long offset = whole(argument(arguments, 1));
        List<Long> shape = wholes(argument(arguments, 2));
        List<Long> strides = wholes(argument(arguments, 3));
        if (shape.size() != strides.size() || shape.size() > MOST_SIDES || !within(storage, offset, shape, strides)) {
            throw in.damaged(
                    "its pickle has a tensor from element %d on with shape %s and strides %s in a storage of %d elements",
                    offset, shape, strides, storage.elements());
        }
        return new Tensor(storage, offset, shape, strides);
    }

    private static boolean within(StorageRef storage, long offset, List<Long> shape, List<Long> strides) {
        try {
            long last = offset;
            long elements = 1;
            for (int i = 0; i < shape.size(); i++) {
                if (shape.get(i) < 0 || strides.get(i) < 0 || shape.get(i) > Integer.MAX_VALUE) {
                    return false;
                }
                elements = Math.multiplyExact(elements, shape.get(i));
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape.get(i) - 1), strides.get(i)));
            }
            return offset >= 0 && elements <= Integer.MAX_VALUE && (elements == 0 || last < storage.elements());
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /** ("storage", class, key, location, elements), and in the older form a view, which torch itself no longer makes. */
    StorageRef storage(PickleValue reference) {
        List<PickleValue> items = items(reference);
        if (!(argument(items, 0) instanceof Text text && text.value().equals("storage"))
                || !(argument(items, 1) instanceof Kind kind)) {
            throw in.damaged("its pickle refers to something outside that is no storage");
        }
        if (items.size() > 5 && !(items.get(5) instanceof Plain)) {
            throw in.damaged("its pickle has a view of a storage, as torch before 0.4 made them");
        }
        String key =
                argument(items, 2) instanceof Whole whole ? String.valueOf(whole.value()) : text(argument(items, 2));
        long elements = whole(argument(items, 4));
        if (elements < 0 || elements > Long.MAX_VALUE / 16) {
            throw in.damaged("its pickle has a storage of %d elements", elements);
        }
        return new StorageRef(key, kind.kind(), elements);
    }

    private PickleValue argument(List<PickleValue> items, int place) {
        if (items.size() <= place) {
            throw in.damaged("its pickle makes a call with %d arguments", items.size());
        }
        return items.get(place);
    }

    private List<PickleValue> items(PickleValue value) {
        if (value instanceof Tuple tuple) {
            return tuple.items();
        }
        if (value instanceof Sequence sequence) {
            return sequence.items;
        }
        throw in.damaged("its pickle has something else where a tuple belongs");
    }

    private List<Long> wholes(PickleValue value) {
        List<Long> all = new ArrayList<>();
        for (PickleValue each : items(value)) {
            all.add(whole(each));
        }
        return all;
    }

    private long whole(PickleValue value) {
        if (!(value instanceof Whole whole)) {
            throw in.damaged("its pickle has something else where a whole number belongs");
        }
        return whole.value();
    }
}
