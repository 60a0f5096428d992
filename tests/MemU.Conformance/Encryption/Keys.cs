using MemU.Encryption;

namespace MemU.Conformance.Encryption;

/// <summary>Keys in a folder, under a master key that repeats from run to run.</summary>
internal static class Keys
{
    public static SpaceKeys In(string folder, byte master = 7)
    {
        var key = new MasterKey(Enumerable.Repeat(master, MasterKey.Size).ToArray(), "the test");
        return new SpaceKeys(folder, _ => ValueTask.FromResult(key), TimeProvider.System);
    }
}
