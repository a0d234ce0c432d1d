package io.squadron.image.jpeg;

/** Decodes a scan of a progressive picture into coefficients (T.81, annex G). */
final class ProgressiveScan {
    private final Frame frame;
    private final Scan scan;
    private final Entropy entropy;
    /** Blocks, with this one, that hold nothing more in this scan. */
    private int emptyBlocks;

    ProgressiveScan(Frame frame, Scan scan, Entropy entropy) {
        this.frame = frame;
        this.scan = scan;
        this.entropy = entropy;
    }

    void run(int restartInterval) {
        forget();
        int across = scan.unitsAcross(frame);
        int down = scan.unitsDown(frame);
        int units = 0;
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                if (restartInterval > 0 && units > 0 && units % restartInterval == 0) {
                    entropy.check();
                    entropy.restart(units / restartInterval - 1);
                    forget();
                }
                unit(x, y);
                units++;
            }
            entropy.check();
        }
    }

    private void forget() {
        scan.parts().forEach(each -> each.component().prediction = 0);
        emptyBlocks = 0;
    }

    private void unit(int x, int y) {
        for (Scan.Part part : scan.parts()) {
            Component component = part.component();
            if (scan.single()) {
                block(part, x, y);
                continue;
            }
            for (int j = 0; j < component.down; j++) {
                for (int i = 0; i < component.across; i++) {
                    block(part, x * component.across + i, y * component.down + j);
                }
            }
        }
    }

    private void block(Scan.Part part, int column, int row) {
        Component component = part.component();
        short[] into = component.coefficients;
        int at = (row * component.paddedColumns + column) * 64;
        if (scan.first() == 0) {
            direct(part, into, at);
        } else if (scan.high() == 0) {
            alternating(part.alternatingTable(), into, at);
        } else {
            refine(part.alternatingTable(), into, at);
        }
    }

    private void direct(Scan.Part part, short[] into, int at) {
        if (scan.high() > 0) {
            into[at] |= (short) (entropy.bit() << scan.low());
            return;
        }
        int size = entropy.symbol(part.directTable());
        if (size > 15) {
            throw Damage.of("a difference of %d bits", size);
        }
        part.component().prediction += entropy.value(size);
        into[at] = (short) (part.component().prediction << scan.low());
    }

    private void alternating(HuffmanTable table, short[] into, int at) {
        if (emptyBlocks > 0) {
            emptyBlocks--;
            return;
        }
        int k = scan.first();
        while (k <= scan.last()) {
            int symbol = entropy.symbol(table);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size == 0 && run < 15) {
                emptyBlocks = (1 << run) - 1 + (run > 0 ? entropy.bits(run) : 0);
                return;
            }
            k += run;
            if (size > 0) {
                if (k > 63) {
                    throw Damage.of("a block of more than 64 coefficients");
                }
                into[at + k] = (short) (entropy.value(size) << scan.low());
            }
            k++;
        }
    }

    private void refine(HuffmanTable table, short[] into, int at) {
        int k = scan.first();
        int one = 1 << scan.low();
        while (emptyBlocks == 0 && k <= scan.last()) {
            int symbol = entropy.symbol(table);
            int run = symbol >> 4;
            int fresh = 0;
            if ((symbol & 15) > 0) {
                fresh = entropy.bit() == 1 ? one : -one;
            } else if (run < 15) {
                emptyBlocks = (1 << run) + (run > 0 ? entropy.bits(run) : 0);
                break;
            }
            k = correct(into, at, k, run);
            if (fresh != 0) {
                if (k > 63) {
                    throw Damage.of("a block of more than 64 coefficients");
                }
                into[at + k] = (short) fresh;
            }
            k++;
        }
        if (emptyBlocks > 0) {
            correct(into, at, k, 64);
            emptyBlocks--;
        }
    }

    /** Gives each known coefficient its next bit, until {@code zeros} zeros are passed; returns where it stopped. */
    private int correct(short[] into, int at, int from, int zeros) {
        int left = zeros;
        int one = 1 << scan.low();
        int k = from;
        while (k <= scan.last()) {
            int value = into[at + k];
            if (value == 0) {
                if (left == 0) {
                    return k;
                }
                left--;
            } else if (entropy.bit() == 1 && (Math.abs(value) & one) == 0) {
                into[at + k] = (short) (value > 0 ? value + one : value - one);
            }
            k++;
        }
        return k;
    }
}
