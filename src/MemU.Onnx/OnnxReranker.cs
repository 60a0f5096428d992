using MemU.Retrieve;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MemU.Onnx;

/// <summary>
/// Asks a cross-encoder on this machine how well each passage answers the question (Nogueira and Cho 2019). The model is the user's: an ONNX file of a
/// BERT-like model with a WordPiece vocabulary that gives one number a pair (ms-marco-MiniLM and its like), or two of which the second says "fits". Thread-safe; no network.
/// </summary>
public sealed class OnnxReranker : IPassageReranker, IDisposable
{
    private readonly BertModel model;
    private readonly OnnxRerankerOptions options;

    private OnnxReranker(BertModel model, OnnxRerankerOptions options) => (this.model, this.options) = (model, options);

    /// <summary>Loads a model.</summary>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="vocabularyPath">Its <c>vocab.txt</c>: one WordPiece a line, with [CLS], [SEP], [PAD] and [UNK].</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <exception cref="ArgumentException">A file does not exist or is not what it should be; the message says which and what is wrong.</exception>
    public static OnnxReranker Load(string modelPath, string vocabularyPath, OnnxRerankerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelPath);
        ArgumentException.ThrowIfNullOrWhiteSpace(vocabularyPath);
        options ??= new OnnxRerankerOptions();
        return new OnnxReranker(BertModel.Load(ModelPart.Of(modelPath), ModelPart.Of(vocabularyPath), "reranker", options.LowerCase, options.Threads), options);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model fails, or answers with something else than one or two numbers a passage.</exception>
    public Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        return Task.Run(() => Score(question, passages, cancellationToken), cancellationToken);
    }

    /// <summary>Lets go of the model, after what is running.</summary>
    public void Dispose() => model.Dispose();

    private IReadOnlyList<double> Score(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        var asked = model.Tokens(question);
        var pairs = passages
            .Select((p, i) => (Index: i, Pair: TokenPair.Of(asked, model.Tokens(p), model.Start, model.Separator, options.MaxTokens)))
            .OrderBy(p => p.Pair.Ids.Length)
            .ToList();
        var scores = new double[passages.Count];

        // Like lengths together: a batch is as long as its longest pair.
        foreach (var batch in pairs.Chunk(options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var numbers = model.Run(
                [.. batch.Select(b => b.Pair.Ids)], [.. batch.Select(b => b.Pair.SecondAt)], model.Outputs[0].Name, t => Numbers(t, batch.Length), cancellationToken);
            foreach (var (score, (index, _)) in numbers.Zip(batch))
            {
                scores[index] = score;
            }
        }

        return scores;
    }

    private double[] Numbers(DenseTensor<float> output, int passages)
    {
        var values = output.ToArray();
        return (values.Length / passages, values.Length % passages) switch
        {
            (1, 0) => [.. values.Select(v => (double)v)],
            (2, 0) => [.. values.Chunk(2).Select(v => (double)v[1] - v[0])],
            _ => throw new InvalidOperationException(
                $"The model '{model.Name}' gave {values.Length} numbers for {passages} passages. A cross-encoder for reranking gives one number a passage, or two."),
        };
    }
}
