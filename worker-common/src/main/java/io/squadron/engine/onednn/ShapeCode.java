package io.squadron.engine.onednn;

import io.squadron.model.Node;

/** Nodes that compute nothing. */
final class ShapeCode {
    private ShapeCode() {}

    /** (c, h, w) to (c * h * w, 1, 1), in that order: a plain layout, looked at in another way. */
    static Emitted flatten(Scene scene, Node node) {
        Assembly assembly = scene.assembly();
        String input = node.inputs().get(0);
        Tensor plain = assembly.as(scene.value(input), Layouts.plain(scene.sides(input)));
        Tensor result = assembly.view(plain, Layouts.plain(scene.sides(node.name())));
        return new Emitted(result, slope -> {
            if (scene.wiring().flows(input)) {
                Tensor above = assembly.as(slope, result.desc());
                scene.give(input, assembly.view(above, Layouts.plain(scene.sides(input))));
            }
        });
    }

    /** What leaves is what enters. */
    static Emitted nothing(Scene scene, Node node) {
        String input = node.inputs().get(0);
        return new Emitted(scene.value(input), slope -> {
            if (scene.wiring().flows(input)) {
                scene.give(input, slope);
            }
        });
    }
}
