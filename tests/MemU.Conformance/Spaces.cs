namespace MemU.Conformance;

/// <summary>Pairs of spaces that a careless key, file name or query would mix up. Given as (user, agent, tenant).</summary>
internal static class Spaces
{
    public static TheoryData<string[], string[]> Neighbours
    {
        get
        {
            var pairs = new TheoryData<string[], string[]>();
            string longId = new('x', 255);
            Add(["alice", "a", "t1"], ["alice", "a", "t2"]);
            Add(["alice", "a", "t"], ["bob", "a", "t"]);
            Add(["alice", "a1", "t"], ["alice", "a2", "t"]);
            Add(["alice", "a", "t"], ["Alice", "a", "t"]);
            Add(["alice", "a", "t"], ["alice", "A", "t"]);
            Add(["alice", "a", "t"], ["alice", "a", "T"]);
            Add(["ab", "c", "t"], ["a", "bc", "t"]);
            Add(["default", "default", "default"], ["default", "default", "other"]);
            Add(["x' OR '1'='1", "a", "t"], ["x", "a", "t"]);
            Add(["%", "_", "t"], ["alice", "a", "t"]);
            Add(["a\"b\\c", "a", "t"], ["a\"b/c", "a", "t"]);
            Add(["../alice", "a", "t"], ["alice", "a", "t"]);
            Add(["..", ".", "/"], ["a", "..", "/"]);
            Add(["🦆", "a", "t"], ["🦢", "a", "t"]);
            Add(["é", "a", "t"], ["e\u0301", "a", "t"]);
            Add(["alice", "a", "t"], ["alice ", "a", "t"]);
            Add([longId, longId, longId], [longId[1..] + "y", longId, longId]);
            return pairs;

            void Add(string[] here, string[] there)
            {
                pairs.Add(here, there);
                pairs.Add(there, here);
            }
        }
    }

    public static MemoryScope Of(string[] ids) => new(ids[0], ids[1], ids[2]);
}
