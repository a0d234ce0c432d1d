package io.squadron.image.jpeg;

import java.util.List;

/** What the start of frame says, and where the parts of the picture lie. */
record Frame(int width, int height, Coding coding, List<Component> components) {
    private static final List<Scratch> SAMPLES = List.of(new Scratch(), new Scratch(), new Scratch(), new Scratch());

    enum Coding {
        SEQUENTIAL,
        PROGRESSIVE
    }

    int most(java.util.function.ToIntFunction<Component> factor) {
        return components.stream().mapToInt(factor).max().orElse(1);
    }

    int unitsAcross() {
        return ceil(width, 8L * most(each -> each.across));
    }

    int unitsDown() {
        return ceil(height, 8L * most(each -> each.down));
    }

    /** Blocks of all components. */
    long blocks() {
        return components.stream()
                .mapToLong(each -> (long) each.columns * each.rows)
                .sum();
    }

    /** The same with components of its own. */
    Frame copy() {
        List<Component> own = components.stream()
                .map(each -> new Component(each.id, each.across, each.down, each.quanta))
                .toList();
        Frame copy = new Frame(width, height, coding, own);
        copy.measure();
        return copy;
    }

    /** Fixes the numbers of blocks. */
    void measure() {
        int mostAcross = most(each -> each.across);
        int mostDown = most(each -> each.down);
        for (Component each : components) {
            if (mostAcross % each.across != 0 || mostDown % each.down != 0) {
                throw Damage.unsupported("colours at %d/%d of the width", each.across, mostAcross);
            }
            each.columns = ceil((long) width * each.across, 8L * mostAcross);
            each.rows = ceil((long) height * each.down, 8L * mostDown);
            each.paddedColumns = unitsAcross() * each.across;
            each.paddedRows = unitsDown() * each.down;
        }
    }

    /** Fixes how large each component becomes at 1/{@code shrink}. */
    void scale(int shrink) {
        int mostAcross = most(each -> each.across);
        int mostDown = most(each -> each.down);
        int least = 8 / shrink;
        for (Component each : components) {
            // A colour that is stored at half the size need not be shrunk, and then not enlarged.
            int side = least;
            while (side < 8
                    && mostAcross * least % (each.across * side * 2) == 0
                    && mostDown * least % (each.down * side * 2) == 0) {
                side *= 2;
            }
            each.side = side;
            each.width = ceil((long) width * each.across * side, 8L * mostAcross);
            each.height = ceil((long) height * each.down * side, 8L * mostDown);
            each.spreadAcross = mostAcross * least / (each.across * side);
            each.spreadDown = mostDown * least / (each.down * side);
        }
    }

    /** Fixes what of each component is needed for {@code window} of the picture at 1/{@code shrink}, and makes room. */
    void aim(Window window, int shrink) {
        scale(shrink);
        for (int i = 0; i < components.size(); i++) {
            Component each = components.get(i);
            // One more on each side, for smooth enlarging.
            each.firstColumn = Math.max(0, window.left() / each.spreadAcross - 1) / each.side;
            each.firstRow = Math.max(0, window.top() / each.spreadDown - 1) / each.side;
            each.endColumn = Math.min(each.columns, ceil(ceil(window.right(), each.spreadAcross) + 1L, each.side));
            each.endRow = Math.min(each.rows, ceil(ceil(window.bottom(), each.spreadDown) + 1L, each.side));
            each.stride = (each.endColumn - each.firstColumn) * each.side;
            int bytes = Math.multiplyExact(each.stride, (each.endRow - each.firstRow) * each.side);
            each.samples = SAMPLES.get(i).bytes(bytes);
        }
    }

    static int ceil(long value, long divisor) {
        return (int) ((value + divisor - 1) / divisor);
    }
}
