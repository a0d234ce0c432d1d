package io.squadron.image.jpeg;

/** Decodes a scan of a sequential picture straight to samples (T.81, F.2.2); blocks that nobody wants are passed over. */
final class SequentialScan {
    private final Frame frame;
    private final Scan scan;
    private final Entropy entropy;
    private final Idct idct = new Idct();
    private final SmallIdct small = new SmallIdct();
    private final int[] block = new int[64];

    SequentialScan(Frame frame, Scan scan, Entropy entropy) {
        this.frame = frame;
        this.scan = scan;
        this.entropy = entropy;
    }

    /** Returns whether it went to the end, and not only as far down as needed. */
    boolean run(int restartInterval) {
        scan.parts().forEach(each -> each.component().prediction = 0);
        int across = scan.unitsAcross(frame);
        int down = scan.unitsDown(frame);
        boolean all = scan.parts().size() == frame.components().size();
        int units = 0;
        for (int y = 0; y < down; y++) {
            if (all && wantsNoneFrom(y)) {
                return false;
            }
            for (int x = 0; x < across; x++) {
                if (restartInterval > 0 && units > 0 && units % restartInterval == 0) {
                    entropy.check();
                    entropy.restart(units / restartInterval - 1);
                    scan.parts().forEach(each -> each.component().prediction = 0);
                }
                unit(x, y);
                units++;
            }
            entropy.check();
        }
        return true;
    }

    private boolean wantsNoneFrom(int y) {
        for (Scan.Part each : scan.parts()) {
            int row = scan.single() ? y : y * each.component().down;
            if (row < each.component().endRow) {
                return false;
            }
        }
        return true;
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
        int size = entropy.symbol(part.directTable());
        if (size > 15) {
            throw Damage.of("a difference of %d bits", size);
        }
        component.prediction += entropy.value(size);
        if (!component.wants(column, row)) {
            entropy.skipAlternating(part.alternatingTable());
            return;
        }
        block[0] = component.prediction * component.table[0];
        int last = entropy.alternating(part.alternatingTable(), component.table, block);
        int at = component.at(column, row);
        if (component.side == 8) {
            idct.block(block, last, component.samples, at, component.stride);
        } else {
            small.block(component.side, block, component.samples, at, component.stride);
        }
    }
}
