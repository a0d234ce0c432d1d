package io.squadron.exchange.torch;

import io.squadron.exchange.NumberKind;
import io.squadron.exchange.torch.PickleValue.Callable;
import io.squadron.exchange.torch.PickleValue.Dictionary;
import io.squadron.exchange.torch.PickleValue.Kind;
import io.squadron.exchange.torch.PickleValue.Mark;
import io.squadron.exchange.torch.PickleValue.Plain;
import io.squadron.exchange.torch.PickleValue.Sequence;
import io.squadron.exchange.torch.PickleValue.Text;
import io.squadron.exchange.torch.PickleValue.Tuple;
import io.squadron.exchange.torch.PickleValue.Whole;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack machine of Python's pickles, protocols 0 to 5, as far as torch.save needs it: no recursion, every name looked up in
 * a short list, every value one of {@link PickleValue}. Opcodes as in CPython's {@code Lib/pickletools.py}.
 */
final class Pickle {
    /** More values on the stack than any honest file needs. */
    private static final int DEEPEST = 1 << 22;

    private final PickleBytes in;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();
    private final PickleCalls calls;

    private Pickle(PickleBytes in) {
        this.in = in;
        this.calls = new PickleCalls(in);
    }

    /** Runs one pickle, up to its end. */
    static PickleValue run(PickleBytes in) {
        return new Pickle(in).run();
    }

    private PickleValue run() {
        while (true) {
            int opcode = in.one();
            if (opcode == '.') {
                PickleValue result = pop();
                return result;
            }
            if (!(scalar(opcode) || text(opcode) || collect(opcode) || remember(opcode) || act(opcode))) {
                throw in.damaged("its pickle has the unknown opcode 0x%02x", opcode);
            }
        }
    }

    private boolean scalar(int opcode) {
        switch (opcode) {
            case 'N', 0x88, 0x89 -> push(new Plain());
            case 'K' -> push(new Whole(in.one()));
            case 'M' -> push(new Whole(in.number(2)));
            case 'J' -> push(new Whole((int) in.number(4)));
            case 'I', 'L' -> push(number(in.line()));
            case 'F' -> {
                in.line();
                push(new Plain());
            }
            case 'G' -> {
                in.bytes(8);
                push(new Plain());
            }
            case 0x8a -> push(whole(in.integer(in.one())));
            case 0x8b -> push(whole(in.integer(in.number(4))));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean text(int opcode) {
        switch (opcode) {
            case 'X' -> push(new Text(in.text(in.number(4))));
            case 0x8c -> push(new Text(in.text(in.one())));
            case 0x8d -> push(new Text(in.text(in.number(8))));
            case 'V' -> push(new Text(in.line()));
            case 'U' -> push(new Text(in.text(in.one())));
            case 'T' -> push(new Text(in.text(in.number(4))));
            case 'C' -> skip(in.one());
            case 'B' -> skip(in.number(4));
            case 0x8e, 0x96 -> skip(in.number(8));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void skip(long length) {
        in.bytes(length);
        push(new Plain());
    }

    private boolean collect(int opcode) {
        switch (opcode) {
            case '(' -> push(new Mark());
            case ')' -> push(new Tuple(List.of()));
            case 0x85, 0x86, 0x87 -> push(new Tuple(take(opcode - 0x84)));
            case 't' -> push(new Tuple(sinceMark()));
            case ']', 0x8f -> push(new Sequence());
            case '}' -> push(new Dictionary());
            case 'l', 0x91 -> {
                Sequence sequence = new Sequence();
                sequence.items.addAll(sinceMark());
                push(sequence);
            }
            case 'd' -> {
                Dictionary dictionary = new Dictionary();
                fill(dictionary, sinceMark());
                push(dictionary);
            }
            case 'a' -> append(take(1));
            case 'e', 0x90 -> append(sinceMark());
            case 's' -> set(take(2));
            case 'u' -> set(sinceMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void append(List<PickleValue> items) {
        if (!(top() instanceof Sequence sequence)) {
            throw in.damaged("its pickle appends to what is no list");
        }
        sequence.items.addAll(items);
    }

    private void set(List<PickleValue> items) {
        if (!(top() instanceof Dictionary dictionary)) {
            throw in.damaged("its pickle sets an item of what is no dictionary");
        }
        fill(dictionary, items);
    }

    private void fill(Dictionary dictionary, List<PickleValue> items) {
        if (items.size() % 2 != 0) {
            throw in.damaged("its pickle has a dictionary with a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            dictionary.put(items.get(i), items.get(i + 1));
        }
    }

    private boolean remember(int opcode) {
        switch (opcode) {
            case 'q' -> memo.put((long) in.one(), top());
            case 'r' -> memo.put(in.number(4), top());
            case 'p' -> memo.put(index(), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> recall(in.one());
            case 'j' -> recall(in.number(4));
            case 'g' -> recall(index());
            case '0' -> pop();
            case '1' -> sinceMark();
            case '2' -> push(top());
            default -> {
                return false;
            }
        }
        return true;
    }

    private long index() {
        return number(in.line()) instanceof Whole whole ? whole.value() : -1;
    }

    private void recall(long index) {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw in.damaged("its pickle recalls value %d, which it never stored", index);
        }
        push(value);
    }

    /** What names or calls something. */
    private boolean act(int opcode) {
        switch (opcode) {
            case 0x80 -> {
                int protocol = in.one();
                if (protocol > 5) {
                    throw in.damaged("its pickle is of protocol %d", protocol);
                }
            }
            case 0x95 -> in.number(8);
            case 'c' -> push(calls.named(in.line(), in.line()));
            case 0x93 -> {
                List<PickleValue> names = take(2);
                push(calls.named(calls.text(names.get(0)), calls.text(names.get(1))));
            }
            case 'R', 0x81 -> {
                List<PickleValue> call = take(2);
                push(calls.call(call.get(0), call.get(1)));
            }
            case 'Q' -> push(calls.storage(pop()));
            case 'b' -> {
                // The attributes of an ordered dictionary, such as _metadata: nothing here needs them.
                pop();
                if (!(top() instanceof Dictionary)) {
                    throw in.refused("BUILD of " + top().getClass().getSimpleName());
                }
            }
            case 'i' -> throw in.refused(in.line() + "." + in.line());
            case 'o' -> throw in.refused("OBJ");
            case 'P' -> throw in.refused("PERSID " + in.line());
            case 0x82, 0x83, 0x84 -> throw in.refused("a number of copyreg's registry");
            case 0x92 -> throw in.refused("NEWOBJ_EX");
            default -> {
                return false;
            }
        }
        return true;
    }

    private PickleValue number(String text) {
        String digits = text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
        try {
            return whole(new BigInteger(digits.strip()));
        } catch (NumberFormatException e) {
            throw in.damaged("its pickle has a number that is none").causedBy(e);
        }
    }

    private static PickleValue whole(BigInteger value) {
        return value.bitLength() < Long.SIZE ? new Whole(value.longValue()) : new Text("0x" + value.toString(16));
    }

    private void push(PickleValue value) {
        if (stack.size() == DEEPEST) {
            throw in.damaged("its pickle has more than %d values on its stack", DEEPEST);
        }
        stack.add(value);
    }

    private PickleValue pop() {
        if (stack.isEmpty()) {
            throw in.damaged("its pickle takes a value from an empty stack");
        }
        return stack.remove(stack.size() - 1);
    }

    private PickleValue top() {
        if (stack.isEmpty()) {
            throw in.damaged("its pickle looks at an empty stack");
        }
        return stack.get(stack.size() - 1);
    }

    private List<PickleValue> take(int count) {
        if (stack.size() < count) {
            throw in.damaged("its pickle takes %d values where there are %d", count, stack.size());
        }
        List<PickleValue> top = stack.subList(stack.size() - count, stack.size());
        List<PickleValue> taken = List.copyOf(top);
        top.clear();
        return taken;
    }

    private List<PickleValue> sinceMark() {
        int mark = stack.size() - 1;
        while (mark >= 0 && !(stack.get(mark) instanceof Mark)) {
            mark--;
        }
        if (mark < 0) {
            throw in.damaged("its pickle takes values since a mark that it never set");
        }
        List<PickleValue> items = take(stack.size() - mark - 1);
        pop();
        return items;
    }

    /** Callables and kinds by the names that torch gives them, for {@link PickleCalls}. */
    static final Map<String, PickleValue> NAMES = names();

    private static Map<String, PickleValue> names() {
        Map<String, PickleValue> names = new HashMap<>();
        names.put("collections.OrderedDict", Callable.ORDERED_DICT);
        names.put("torch._utils._rebuild_tensor_v2", Callable.REBUILD_TENSOR);
        names.put("torch._utils._rebuild_tensor", Callable.REBUILD_TENSOR);
        names.put("torch._utils._rebuild_parameter", Callable.REBUILD_PARAMETER);
        names.put("torch.Size", Callable.SIZE);
        names.put("torch.device", Callable.DEVICE);
        kind(names, NumberKind.F64, "DoubleStorage", "float64", "double");
        kind(names, NumberKind.F32, "FloatStorage", "float32", "float");
        kind(names, NumberKind.F16, "HalfStorage", "float16", "half");
        kind(names, NumberKind.BF16, "BFloat16Storage", "bfloat16");
        kind(names, NumberKind.I64, "LongStorage", "int64", "long");
        kind(names, NumberKind.I32, "IntStorage", "int32", "int");
        kind(names, NumberKind.I16, "ShortStorage", "int16", "short");
        kind(names, NumberKind.I8, "CharStorage", "int8");
        kind(names, NumberKind.U8, "ByteStorage", "uint8");
        kind(names, NumberKind.BOOL, "BoolStorage", "bool");
        return Map.copyOf(names);
    }

    private static void kind(Map<String, PickleValue> names, NumberKind kind, String... called) {
        for (String name : called) {
            names.put("torch." + name, new Kind(kind));
        }
    }
}
