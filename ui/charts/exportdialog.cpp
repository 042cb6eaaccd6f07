// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/exportdialog.h"

#include "models/api/background.h"
#include "models/charts/chartpicture.h"
#include "models/session/settings.h"
#include "models/values/format.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/tint.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

using Format = ExportOptions::Format;

namespace {

constexpr QSize previewSize{420, 264};
constexpr int previewDelay = 120; // milliseconds
constexpr QSize usualSize{1200, 750}; // panels are smaller than what papers and slides want
constexpr int leastSide = 200;
constexpr int mostSide = 10000;

// What memory of choices is kept under.
const QString kind = u"export"_s;
const QString subject = u"chart"_s;

// A title may hold anything; a file's name may not.
QString fileName(QString title)
{
    for (QChar &character : title) {
        if (character < u' ' || u"/\\:*?\"<>|"_s.contains(character))
            character = u'-';
    }
    title = title.trimmed().left(80);
    return title.isEmpty() || title.startsWith(u'.') ? u"chart"_s : title;
}

qsizetype rowCount(const ExportedChart &chart)
{
    qsizetype rows = 0;
    for (const ExportedPoints &points : chart.points)
        rows += static_cast<qsizetype>(points.points->size());
    return rows;
}

struct Preview
{
    QImage picture;
    qsizetype bytes = -1;
};

// How the picture looks at its size, shrunk to fit.
Preview previewOf(const ExportedChart &chart, const ExportOptions &options, double pixelRatio)
{
    constexpr int mostDrawn = 4000;
    const QSize drawn = options.size.boundedTo(options.size.scaled(mostDrawn, mostDrawn, Qt::KeepAspectRatio));
    Preview preview;
    preview.picture = paintedChart(chart, drawn, 1).scaled(
        previewSize * pixelRatio, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    preview.picture.setDevicePixelRatio(pixelRatio);
    if (options.format == Format::Svg || options.format == Format::Pdf)
        preview.bytes = exported(chart, options).size();
    return preview;
}

} // namespace

ExportDialog::ExportDialog(ExportedChart chart, QSize shownSize, Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_chart(std::make_shared<const ExportedChart>(std::move(chart)))
    , m_shownSize(shownSize)
    , m_settings(settings)
    , m_format(new QComboBox(this))
    , m_points(new QComboBox(this))
    , m_shape(new QComboBox(this))
    , m_width(new QSpinBox(this))
    , m_height(new QSpinBox(this))
    , m_dpi(new QComboBox(this))
    , m_path(new QLineEdit(this))
    , m_preview(new QLabel(this))
    , m_facts(new QLabel(this))
    , m_note(new InlineNote(this))
{
    setWindowTitle(tr("Export Chart"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_export = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    m_export->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::write);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    m_form = new QFormLayout;
    buildForm(m_form);
    m_preview->setFixedSize(previewSize);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setAccessibleName(tr("Preview"));
    theme::tint(m_facts, &theme::Tokens::secondary);
    m_facts->setAlignment(Qt::AlignCenter);
    auto *right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(m_preview);
    right->addWidget(m_facts);
    right->addStretch(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(20);
    row->addLayout(m_form, 1);
    row->addLayout(right);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(16);
    column->addLayout(row, 1);
    column->addWidget(buttons);

    recall();
    m_delay.setSingleShot(true);
    m_delay.setInterval(previewDelay);
    connect(&m_delay, &QTimer::timeout, this, &ExportDialog::showPreview);
    for (QComboBox *box : {m_format, m_points, m_shape, m_dpi})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::follow);
    for (QSpinBox *box : {m_width, m_height})
        connect(box, &QSpinBox::valueChanged, this, &ExportDialog::follow);
    connect(m_path, &QLineEdit::textChanged, this, [this](const QString &text) {
        takeFormatOf(text);
        check();
    });
    follow();
    m_delay.stop();
    showPreview();
    m_export->setFocus();
    // Larger than it must be: a window that grows as soon as it is there can end up anywhere.
    resize(sizeHint() + QSize(0, 12));
}

void ExportDialog::buildForm(QFormLayout *form)
{
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    for (const auto &[text, format] : {std::pair(tr("PNG picture"), Format::Png), std::pair(tr("SVG vector picture"), Format::Svg),
             std::pair(tr("PDF vector picture"), Format::Pdf), std::pair(tr("CSV table"), Format::Csv),
             std::pair(tr("Python script (matplotlib)"), Format::Script)})
        m_format->addItem(text, static_cast<int>(format));
    m_format->setAccessibleName(tr("Format"));
    form->addRow(tr("&Format"), m_format);

    m_points->addItem(tr("As shown, in view"), static_cast<int>(ExportOptions::Points::AsShown));
    m_points->addItem(tr("Raw, every point"), static_cast<int>(ExportOptions::Points::Raw));
    m_points->setItemData(0, tr("Smoothed and grouped, with the steps that are seen now"), Qt::ToolTipRole);
    m_points->setItemData(1, tr("All that the server keeps, with step, epoch and time"), Qt::ToolTipRole);
    m_points->setAccessibleName(tr("Points"));
    form->addRow(tr("&Points"), m_points);

    m_shape->addItem(tr("One row a point (long)"), static_cast<int>(ExportOptions::Shape::Long));
    m_shape->addItem(tr("One column a line (wide)"), static_cast<int>(ExportOptions::Shape::Wide));
    m_shape->setAccessibleName(tr("Rows"));
    form->addRow(tr("&Rows"), m_shape);

    m_size = sizeRow();
    form->addRow(tr("&Size"), m_size);
    static_cast<QLabel *>(form->labelForField(m_size))->setBuddy(m_width);

    for (const int dpi : {96, 144, 192, 300, 600})
        m_dpi->addItem(tr("%1 dpi").arg(dpi), dpi);
    m_dpi->setAccessibleName(tr("Resolution"));
    form->addRow(tr("R&esolution"), m_dpi);

    QWidget *path = pathRow();
    form->addRow(tr("&To"), path);
    static_cast<QLabel *>(form->labelForField(path))->setBuddy(m_path);
    form->addRow({}, m_note);
}

QWidget *ExportDialog::sizeRow()
{
    auto *widget = new QWidget(this);
    for (QSpinBox *side : {m_width, m_height}) {
        side->setRange(leastSide, mostSide);
        side->setSingleStep(10);
        side->setSuffix(tr(" px"));
    }
    m_width->setAccessibleName(tr("Width"));
    m_height->setAccessibleName(tr("Height"));
    auto *onScreen = new QPushButton(tr("As on Screen"), widget);
    onScreen->setAutoDefault(false);
    connect(onScreen, &QPushButton::clicked, this, [this] {
        m_width->setValue(m_shownSize.width());
        m_height->setValue(m_shownSize.height());
    });
    auto *times = new QLabel(u"×"_s, widget);
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins({});
    row->setSpacing(8);
    row->addWidget(m_width);
    row->addWidget(times);
    row->addWidget(m_height);
    row->addWidget(onScreen);
    row->addStretch(1);
    return widget;
}

QWidget *ExportDialog::pathRow()
{
    auto *widget = new QWidget(this);
    m_path->setAccessibleName(tr("File"));
    m_path->setMinimumWidth(240);
    auto *choose = new QPushButton(tr("C&hoose…"), widget);
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::choosePath);
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins({});
    row->setSpacing(8);
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    return widget;
}

void ExportDialog::recall()
{
    const QJsonObject kept = QJsonDocument::fromJson(m_settings.layout(kind, subject)).object();
    const auto choose = [](QComboBox *box, const QJsonValue &value) {
        box->setCurrentIndex(std::max(0, box->findData(value.toInt(0))));
    };
    choose(m_format, kept.value(u"format"_s));
    choose(m_points, kept.value(u"points"_s));
    choose(m_shape, kept.value(u"shape"_s));
    choose(m_dpi, kept.value(u"dpi"_s).toInt(192));
    m_width->setValue(kept.value(u"width"_s).toInt(usualSize.width()));
    m_height->setValue(kept.value(u"height"_s).toInt(usualSize.height()));
    QString folder = m_settings.exportFolder.value();
    if (folder.isEmpty())
        folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    m_path->setText(QDir::toNativeSeparators(
        QDir(folder).filePath(fileName(m_chart->title) + u'.' + ExportOptions::ending(options().format))));
}

void ExportDialog::remember() const
{
    const ExportOptions chosen = options();
    const QJsonObject kept{{u"format"_s, static_cast<int>(chosen.format)}, {u"points"_s, static_cast<int>(chosen.points)},
        {u"shape"_s, static_cast<int>(chosen.shape)}, {u"dpi"_s, chosen.dpi}, {u"width"_s, chosen.size.width()},
        {u"height"_s, chosen.size.height()}};
    m_settings.setLayout(kind, subject, QJsonDocument(kept).toJson(QJsonDocument::Compact));
    m_settings.exportFolder.set(QFileInfo(path()).path());
}

ExportOptions ExportDialog::options() const
{
    ExportOptions options;
    options.format = static_cast<Format>(m_format->currentData().toInt());
    options.points = static_cast<ExportOptions::Points>(m_points->currentData().toInt());
    options.shape = static_cast<ExportOptions::Shape>(m_shape->currentData().toInt());
    options.size = {m_width->value(), m_height->value()};
    options.dpi = m_dpi->currentData().toInt();
    return options;
}

QString ExportDialog::path() const
{
    QString typed = QDir::fromNativeSeparators(m_path->text().trimmed());
    if (typed.startsWith(u"~/"_s))
        typed.replace(0, 1, QDir::homePath());
    return QDir::isAbsolutePath(typed) ? QDir::cleanPath(typed) : QString();
}

void ExportDialog::follow()
{
    const Format format = options().format;
    m_form->setRowVisible(m_points, format == Format::Csv);
    m_form->setRowVisible(m_shape, format == Format::Csv);
    m_form->setRowVisible(m_size, format != Format::Csv);
    m_form->setRowVisible(m_dpi, format == Format::Png);
    // The ending goes along, unless it was another one that somebody typed.
    const QFileInfo file(m_path->text());
    if (ExportOptions::formatOf(file.fileName()))
        m_path->setText(m_path->text().chopped(file.suffix().size()) + ExportOptions::ending(format));
    check();
    m_delay.start();
}

void ExportDialog::takeFormatOf(const QString &path)
{
    if (const auto format = ExportOptions::formatOf(path))
        m_format->setCurrentIndex(m_format->findData(static_cast<int>(*format)));
}

void ExportDialog::check()
{
    QString problem;
    if (path().isEmpty())
        problem = tr("Type the whole path of a file.");
    else if (QFileInfo(path()).isDir())
        problem = tr("This is a folder. Add the name of a file.");
    else if (m_chart->lines.empty())
        problem = tr("There is nothing in this chart.");
    m_export->setEnabled(problem.isEmpty() && !m_isWriting);
    if (!problem.isEmpty())
        m_note->say(InlineNote::Kind::Bad, problem);
    else if (QFileInfo::exists(path()))
        m_note->say(InlineNote::Kind::Warning, tr("This file is there already and will be replaced."));
    else
        m_note->clear();
}

void ExportDialog::showPreview()
{
    const int preview = ++m_previews;
    const ExportOptions chosen = options();
    if (chosen.format == Format::Csv) {
        m_preview->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        m_preview->setTextFormat(Qt::PlainText);
        m_preview->setText(chosen.points == ExportOptions::Points::Raw
                ? tr("run, key, metric, step,\nepoch, time_ms, duration, value")
                : tr("line, part, %1, %2, key").arg(m_chart->x.title, m_chart->y.title));
        m_facts->setText(chosen.points == ExportOptions::Points::Raw
                ? tr("Points: %1").arg(format::count(rowCount(*m_chart)))
                : tr("Lines: %1").arg(format::count(static_cast<qint64>(m_chart->lines.size()))));
        return;
    }
    runInBackground(this,
        [chart = m_chart, chosen, ratio = devicePixelRatioF()] { return previewOf(*chart, chosen, ratio); },
        [this, preview, chosen](const Preview &made) {
            if (preview != m_previews)
                return;
            m_preview->setPixmap(QPixmap::fromImage(made.picture));
            const QSize size = chosen.format == Format::Png ? chosen.pixels() : chosen.size;
            const QString text = tr("%1 × %2 pixels").arg(format::count(size.width()), format::count(size.height()));
            m_facts->setText(made.bytes < 0 ? text : tr("%1, %2").arg(text, format::bytes(made.bytes)));
        });
}

void ExportDialog::choosePath()
{
    auto *dialog = new QFileDialog(this, tr("Export Chart"), QFileInfo(path()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // said below the name
    dialog->setDefaultSuffix(ExportOptions::ending(options().format));
    dialog->selectFile(QFileInfo(path()).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_path->setText(QDir::toNativeSeparators(file));
    });
    dialog->open();
}

// 100 lines of 15,000 points are 50 MB of text. Among what computes, because the fonts of a picture must not
// outlive the application on a thread of the disk.
void ExportDialog::write()
{
    m_isWriting = true;
    m_export->setEnabled(false);
    m_note->say(InlineNote::Kind::Hint, tr("Writing…"));
    runInBackground(this, [chart = m_chart, chosen = options(), path = path()] { return writeExport(*chart, chosen, path); },
        [this, path = path()](const QString &problem) {
            m_isWriting = false;
            if (problem.isEmpty()) {
                remember();
                emit exported(path);
                accept();
                return;
            }
            check();
            m_note->say(InlineNote::Kind::Bad, problem);
        });
}
