package io.squadron.driver.spark;

import com.esotericsoftware.kryo.Kryo;
import io.squadron.driver.training.BrokenSamples;
import io.squadron.driver.training.LethalSamples;
import io.squadron.testing.MemorySamples;
import org.apache.spark.serializer.KryoRegistrator;

/** The classes that travel in tests only. */
public final class TestKryo implements KryoRegistrator {
    @Override
    public void registerClasses(Kryo kryo) {
        kryo.register(MemorySamples.class, new RecordSerializer(MemorySamples.class));
        kryo.register(BrokenSamples.class, new RecordSerializer(BrokenSamples.class));
        kryo.register(BrokenSamples.Breakage.class);
        kryo.register(LethalSamples.Death.class);
        kryo.register(LethalSamples.class, new RecordSerializer(LethalSamples.class));
    }
}
